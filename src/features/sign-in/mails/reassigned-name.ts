import { messagesFor } from '#messages/messages.ts';
import { escapeXml } from '#platform/xml/escape.ts';

/** To the office, in both languages: a user name came back as somebody else and was stopped. */
export const reassignedNameMail = (facts: {
  readonly accountId: string;
  readonly principalName: string;
}): { subject: string; text: string; html: string } => {
  const [ja, en] = [messagesFor('ja').signIn.officeMail, messagesFor('en').signIn.officeMail];
  const paragraphs = [
    ja.body(facts.principalName, facts.accountId),
    en.body(facts.principalName, facts.accountId),
  ];
  return {
    subject: `${ja.subject} / ${en.subject}`,
    text: `${paragraphs.join('\n\n')}\n`,
    html: `<!doctype html><meta charset="utf-8">${paragraphs.map((text) => `<p>${escapeXml(text)}</p>`).join('')}\n`,
  };
};
