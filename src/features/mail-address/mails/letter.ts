import type { Contact } from '#domain/university/contact.ts';
import { contactFor } from '#domain/university/contact.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';
import { configuredLanguage, nameIn } from '#platform/i18n/language.ts';

export type Letter = { readonly subject: string; readonly text: string; readonly html: string };
export type LetterStyle = {
  readonly contacts: readonly Contact[];
  /** The reader's language, which comes first. */
  readonly first: Language;
};
export type Paragraphs = (language: Language) => readonly string[];

/** Short enough for a phone, on which a line of 76 would break. */
const RULE = '-'.repeat(36);

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const paragraphHtml = (text: string): string => {
  const html = escapeHtml(text).replace(/\n/g, '<br>');
  return /^https?:\S+$/.test(text) ? `<p><a href="${html}">${html}</a></p>` : `<p>${html}</p>`;
};

/** The block [Inquiries] of the manual's mails, from the configuration; one contact that answers for both is named once. */
const inquiries = (contacts: readonly Contact[], language: Language): string => {
  const texts = messagesFor(language).mailAddress.mail;
  const named = new Map<Contact, string[]>();
  for (const matter of ['payment', 'operation'] as const) {
    const contact = contactFor(contacts, matter);
    if (contact !== undefined) named.set(contact, [...(named.get(contact) ?? []), texts[matter]]);
  }
  const blocks = [...named].map(([contact, matters]) => {
    const name = nameIn(contact, language);
    const reach = `  ${contact.telephone}  (${contact.hours[configuredLanguage(language)]})`;
    return [...matters, `  ${name}`, reach].join('\n');
  });
  return [texts.inquiries, ...blocks].join('\n');
};

/** Simple HTML: system fonts, nothing fetched, the same words. */
const STYLE =
  'font-family:sans-serif;font-size:16px;line-height:1.7;max-width:38em;margin:0 auto;padding:16px';

/** One message in the reader's language, Japanese and English (manual 2.1 step 7), each with its inquiries. */
export const bilingualLetter = (
  { contacts, first }: LetterStyle,
  subject: (language: Language) => string,
  paragraphs: Paragraphs,
): Letter => {
  const languages = [...new Set<Language>([first, 'ja', 'en'])];
  const parts = languages.map((language) => [...paragraphs(language), inquiries(contacts, language)]);
  const text = parts.map((part) => {
    const body = part.slice(0, -1).join('\n\n');
    return `${body}\n\n${RULE}\n${part.at(-1)}`;
  });
  const html = parts.map((part, index) => {
    const body = part.slice(0, -1).map(paragraphHtml).join('\n');
    return `<div lang="${languages[index]}">\n${body}\n<hr>\n${paragraphHtml(part.at(-1) ?? '')}\n</div>`;
  });
  return {
    subject: languages.map(subject).join(' / '),
    text: `${text.join(`\n\n${'='.repeat(36)}\n\n`)}\n`,
    html: `<!doctype html>\n<html lang="${languages[0]}">\n<meta charset="utf-8">\n<body style="${STYLE}">\n${html.join('\n<hr>\n')}\n</body>\n</html>\n`,
  };
};
