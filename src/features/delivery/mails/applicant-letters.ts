import type { Letter, LetterStyle } from '#features/mail-address/index.ts';
import { bilingualLetter } from '#features/mail-address/index.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';
import { formatEnd } from '../format-end.ts';

/** What an applicant is told of a sending. */
export type News =
  | { readonly kind: 'sent'; readonly until: Temporal.Instant }
  | { readonly kind: 'bounced'; readonly organisation: string; readonly address: string }
  | { readonly kind: 'waiting'; readonly organisation: string; readonly until: Temporal.Instant }
  | { readonly kind: 'expired'; readonly organisation: string };

const say = (news: News, language: Language): { subject: string; text: string } => {
  const texts = messagesFor(language).delivery.news;
  switch (news.kind) {
    case 'sent':
      return { subject: texts.sent.subject, text: texts.sent.text(formatEnd(news.until, language)) };
    case 'bounced':
      return {
        subject: texts.bounced.subject(news.organisation),
        text: texts.bounced.text(news.organisation, news.address),
      };
    case 'waiting':
      return {
        subject: texts.waiting.subject(news.organisation),
        text: texts.waiting.text(news.organisation, formatEnd(news.until, language)),
      };
    case 'expired':
      return {
        subject: texts.expired.subject(news.organisation),
        text: texts.expired.text(news.organisation),
      };
  }
};

export const newsLetter = (style: LetterStyle, orderNumber: string, url: string, news: News): Letter =>
  bilingualLetter(
    style,
    (language) => say(news, language).subject,
    (language) => {
      const texts = messagesFor(language).delivery.news;
      return [say(news, language).text, texts.where, url, texts.order(orderNumber)];
    },
  );
