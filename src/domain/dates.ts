/** All calendar rules of the service are those of this zone (1-product.md, principle 7). */
export const TOKYO = 'Asia/Tokyo';

/** The Tokyo calendar date at an instant. */
export const tokyoDate = (instant: Temporal.Instant): Temporal.PlainDate =>
  instant.toZonedDateTimeISO(TOKYO).toPlainDate();

/** Midnight in Tokyo at the beginning of `date`. */
export const startOfTokyoDay = (date: Temporal.PlainDate): Temporal.Instant =>
  date.toZonedDateTime(TOKYO).toInstant();

/** Completed years on a date; who was born on 29 February completes one on 1 March of common years. */
export const ageOn = (birthDate: Temporal.PlainDate, on: Temporal.PlainDate): number => {
  const before = on.month * 100 + on.day < birthDate.month * 100 + birthDate.day;
  return on.year - birthDate.year - (before ? 1 : 0);
};

/** 23:59:59 Tokyo time at the end of `date`: how every deadline given in days ends. */
export const endOfTokyoDay = (date: Temporal.PlainDate): Temporal.Instant =>
  date.toZonedDateTime({ timeZone: TOKYO, plainTime: '23:59:59' }).toInstant();

/** 23:59:59 JST of the `days`th day after the Tokyo date of `instant`; `days` ≥ 0. */
export const deadlineAfterDays = (instant: Temporal.Instant, days: number): Temporal.Instant =>
  endOfTokyoDay(tokyoDate(instant).add({ days }));

/** The Japanese academic year (begins 1 April) that `date` falls in. */
export const academicYear = (date: Temporal.PlainDate): number =>
  date.month >= 4 ? date.year : date.year - 1;
