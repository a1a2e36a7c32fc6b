import { messagesFor } from '#messages/messages.ts';
import { formatInstant, formatTime } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import type { Letter, LetterStyle } from './letter.ts';
import { bilingualLetter } from './letter.ts';

const textsOf = (language: Language) => messagesFor(language).mailAddress.mail;

export const confirmationLetter = (
  style: LetterStyle,
  mail: { purpose: 'register' | 'change'; url: string; code: string; expiresAt: Temporal.Instant },
): Letter => {
  const time = formatTime(mail.expiresAt);
  return bilingualLetter(
    style,
    (language) =>
      mail.purpose === 'register'
        ? textsOf(language).registerSubject(time)
        : textsOf(language).changeSubject(time),
    (language) => {
      const texts = textsOf(language);
      const end = `${texts.unknown}\n${texts.sendOnly}`;
      return [texts[mail.purpose], mail.url, `${texts.until(time)}\n${texts.code(mail.code)}`, end];
    },
  );
};

/** To the address in force, when somebody asks to replace it. */
export const changeRequestedLetter = (style: LetterStyle): Letter =>
  bilingualLetter(
    style,
    (language) => textsOf(language).requestedSubject,
    (language) => [textsOf(language).requested, textsOf(language).sendOnly],
  );

/** To the former address, with the link that brings it back for 72 hours. */
export const changedLetter = (
  style: LetterStyle,
  mail: { url: string; expiresAt: Temporal.Instant },
): Letter =>
  bilingualLetter(
    style,
    (language) => textsOf(language).changedSubject(formatInstant(mail.expiresAt, language)),
    (language) => {
      const texts = textsOf(language);
      const until = texts.undoUntil(formatInstant(mail.expiresAt, language));
      return [texts.changed, mail.url, until, texts.sendOnly];
    },
  );
