import type { Letter, LetterStyle } from '#features/mail-address/index.ts';
import { bilingualLetter } from '#features/mail-address/index.ts';
import { messagesFor } from '#messages/messages.ts';
import { formatTime } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import type { SentDelivery } from '../delivery-store.ts';
import type { DescribedDocument } from '../describe-documents.ts';
import { formatEnd } from '../format-end.ts';
import { documentTitle } from '../views/document-title.ts';

type Names = Readonly<Record<'ja' | 'en', string>>;

/** A typed line as one line: what a header or a heading is made of must not break it. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

export type LinkMail = {
  readonly delivery: SentDelivery;
  readonly documents: readonly DescribedDocument[];
  readonly universityName: Names;
  readonly orderNumber: string;
  readonly url: string;
};

/** To the recipient: who, for whom, what, until when, how to check, and the link. Their language comes first. */
export const linkLetter = (
  style: LetterStyle,
  { delivery, documents, universityName, orderNumber, url }: LinkMail,
): Letter => {
  const [first] = documents;
  const nameOf = (language: Language): string => first?.personName[configuredLanguage(language)] ?? '';
  const letter = bilingualLetter(
    style,
    () => '',
    (language) => {
      const texts = messagesFor(language).delivery.mail;
      const { organisation, department, person, reference } = delivery;
      const lines = documents.map((one) => documentTitle(one, language));
      return [
        texts.dear([organisation, department, person].map(oneLine).filter((name) => name !== '')),
        texts.lead(universityName[configuredLanguage(language)], nameOf(language)),
        url,
        texts.list(lines),
        ...(reference === '' ? [] : [texts.reference(oneLine(reference))]),
        texts.until(formatEnd(delivery.linkUntil, language)),
        ...(delivery.asksCode ? [texts.code] : []),
        texts.check,
        texts.mistaken(orderNumber),
      ];
    },
  );
  // One language in the subject: it is a line in a list of hundreds, and its words are what an intake sorts by.
  const { language } = delivery;
  const texts = messagesFor(language).delivery.mail;
  const title = first?.title[language] ?? '';
  const certificate = documents.length > 1 ? texts.and(title, documents.length - 1) : title;
  const reference = oneLine(delivery.reference);
  const subject = texts.subject(nameOf(language), reference, certificate, universityName[language]);
  return { ...letter, subject: oneLine(subject).replace(/ {2,}/g, ' ') };
};

/** The one-time code, alone in its mail. */
export const codeLetter = (
  style: LetterStyle,
  mail: { code: string; until: Temporal.Instant; universityName: Names },
): Letter =>
  bilingualLetter(
    style,
    (language) =>
      messagesFor(language).delivery.mail.codeSubject(mail.universityName[configuredLanguage(language)]),
    (language) => {
      const texts = messagesFor(language).delivery.mail;
      return [texts.codeText(mail.code, formatTime(mail.until)), texts.codeIgnore];
    },
  );
