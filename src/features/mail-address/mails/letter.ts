import type { Contact } from '#domain/university/university.ts';
import { contactFor } from '#domain/university/university.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';

export type Letter = { readonly subject: string; readonly text: string; readonly html: string };
export type Paragraphs = (language: Language) => readonly string[];

const LANGUAGES: readonly Language[] = ['ja', 'en'];
const RULE = '-'.repeat(40);

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const paragraphHtml = (text: string): string => {
  const html = escapeHtml(text).replace(/\n/g, '<br>');
  return /^https?:\S+$/.test(text) ? `<p><a href="${html}">${html}</a></p>` : `<p>${html}</p>`;
};

/** The block [Inquiries] of the manual's mails, from the configuration. */
const inquiries = (contacts: readonly Contact[], language: Language): string => {
  const texts = messagesFor(language).mailAddress.mail;
  const lines = (['payment', 'operation'] as const).flatMap((matter) => {
    const contact = contactFor(contacts, matter);
    if (contact === undefined) return [];
    const name = language === 'ja' ? contact.nameJa : contact.nameEn;
    return [texts[matter], `  ${name}  ${contact.telephone}  (${contact.hours[language]})`];
  });
  return [texts.inquiries, ...lines].join('\n');
};

/** One message in Japanese and English (manual 2.1 step 7): the same paragraphs twice, each with its inquiries. */
export const bilingualLetter = (
  contacts: readonly Contact[],
  subject: (language: Language) => string,
  paragraphs: Paragraphs,
): Letter => {
  const parts = LANGUAGES.map((language) => [
    ...paragraphs(language),
    `${RULE}\n${inquiries(contacts, language)}`,
  ]);
  const html = parts.map(
    (part, index) => `<div lang="${LANGUAGES[index]}">${part.map(paragraphHtml).join('\n')}</div>`,
  );
  return {
    subject: LANGUAGES.map(subject).join(' / '),
    text: `${parts.map((part) => part.join('\n\n')).join(`\n\n${RULE}\n\n`)}\n`,
    html: `<!doctype html><meta charset="utf-8">\n${html.join('\n<hr>\n')}\n`,
  };
};
