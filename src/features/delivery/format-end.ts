import { tokyoDate } from '#domain/dates.ts';
import { formatDate, formatTime } from '#platform/i18n/format.ts';

/** The end of a link, months away and often in another year: 「2027年2月25日 23:59」, "25 February 2027, 23:59". */
export const formatEnd = (end: Temporal.Instant, language: 'ja' | 'en'): string =>
  `${formatDate(tokyoDate(end), language)}${language === 'ja' ? ' ' : ', '}${formatTime(end)}`;
