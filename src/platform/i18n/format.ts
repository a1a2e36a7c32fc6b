import type { Language } from './language.ts';

const LOCALE: Record<Language, string> = {
  ja: 'ja-JP',
  en: 'en-GB',
  'zh-Hans': 'zh-Hans-CN',
  ko: 'ko-KR',
};
const ZONE = 'Asia/Tokyo';

const YEN: Record<Language, string> = { ja: '円', en: ' yen', 'zh-Hans': '日元', ko: '엔' };

/** What is made once for each language: making a formatter costs a hundred times what formatting does. */
const perLanguage = <Made>(make: (locale: string) => Made): ((language: Language) => Made) => {
  const made = new Map<Language, Made>();
  return (language) => {
    const known = made.get(language) ?? make(LOCALE[language]);
    made.set(language, known);
    return known;
  };
};

/** Formats calendar dates as instants of UTC. */
const datesAs = (options: Intl.DateTimeFormatOptions) => {
  const formatter = perLanguage((locale) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }));
  return (date: Temporal.PlainDate, language: Language): string =>
    formatter(language).format(Date.UTC(date.year, date.month - 1, date.day));
};

const numbers = perLanguage((locale) => new Intl.NumberFormat(locale));
const longDate = datesAs({ dateStyle: 'long' });
const weekdayOf = datesAs({ weekday: 'short' });
const shortDate = datesAs({ weekday: 'short', day: 'numeric', month: 'short' });

/** Whole yen: 「660円」, "660 yen". */
export const formatYen = (amount: number, language: Language): string =>
  numbers(language).format(amount) + YEN[language];

/**
 * A calendar date: 「2026年11月29日」, "29 November 2026". Formatted as an instant of UTC, because Temporal's own ISO
 * calendar has no Japanese long form and answers 2026/11/29.
 */
export const formatDate = (date: Temporal.PlainDate, language: Language): string => longDate(date, language);

/** A calendar date with its weekday, near enough to need no year: 「11月29日(日)」, "Sun 29 Nov". */
export const formatDay = (date: Temporal.PlainDate, language: Language): string => {
  const weekday = weekdayOf(date, language);
  if (language === 'ja' || language === 'zh-Hans') return `${date.month}月${date.day}日(${weekday})`;
  if (language === 'ko') return `${date.month}월 ${date.day}일(${weekday})`;
  return shortDate(date, language).replace(',', '');
};

/** An instant as Tokyo date, weekday and clock time: 「11月29日(日) 23:59」, "Sun 29 Nov, 23:59". */
export const formatInstant = (instant: Temporal.Instant, language: Language): string => {
  const at = instant.toZonedDateTimeISO(ZONE);
  const day = formatDay(at.toPlainDate(), language);
  return language === 'en' ? `${day}, ${formatTime(instant)}` : `${day} ${formatTime(instant)}`;
};

/** From one instant to another, the day said once where both are on it: "Sun 13 Dec, 02:00–05:00". */
export const formatSpan = (from: Temporal.Instant, until: Temporal.Instant, language: Language): string => {
  const [day, lastDay] = [from, until].map((at) => at.toZonedDateTimeISO(ZONE).toPlainDate());
  const isOneDay = day !== undefined && lastDay !== undefined && day.equals(lastDay);
  const end = isOneDay ? formatTime(until) : ` ${formatInstant(until, language)}`;
  return `${formatInstant(from, language)}${isOneDay ? '' : ' '}–${end}`;
};

/** The Tokyo clock time of an instant: "23:59". */
export const formatTime = (instant: Temporal.Instant): string =>
  instant.toZonedDateTimeISO(ZONE).toPlainTime().toString({ smallestUnit: 'minute' });
