import { messagesFor } from '#messages/messages.ts';
import { escapeXml } from '#platform/xml/escape.ts';
import type { Correction } from '../corrections-store.ts';

type Letter = { readonly subject: string; readonly text: string; readonly html: string };
type Request = Pick<Correction, 'language' | 'matter' | 'details' | 'requestNumber'>;

const letter = (subject: string, lines: readonly string[]): Letter => ({
  subject,
  text: `${lines.join('\n\n')}\n`,
  html: lines.map((line) => `<p>${escapeXml(line).replaceAll('\n', '<br/>')}</p>`).join(''),
});

/** Confirms what was said; the draft of the order waits. */
export const receivedMail = ({ language, matter, details, requestNumber }: Request): Letter => {
  const texts = messagesFor(language).corrections;
  return letter(texts.mail.receivedSubject(requestNumber), [
    texts.mail.received,
    `${texts.number}: ${requestNumber}`,
    `${texts.matters[matter]}\n${details}`,
    texts.kept,
  ]);
};

/** The office's answer in its own words. */
export const answeredMail = ({ language, requestNumber }: Request, answer: string): Letter => {
  const texts = messagesFor(language).corrections;
  return letter(texts.mail.answeredSubject(requestNumber), [
    texts.mail.answered,
    answer,
    `${texts.number}: ${requestNumber}`,
    texts.kept,
  ]);
};
