import { tokyoDate } from '#domain/dates.ts';
import { formatDate, formatTime } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';

/** The end of a link, months away and often in another year: 「2027年2月25日 23:59」, "25 February 2027, 23:59". */
export const formatEnd = (end: Temporal.Instant, language: Language): string =>
  `${formatDate(tokyoDate(end), language)}${language === 'en' ? ', ' : ' '}${formatTime(end)}`;
