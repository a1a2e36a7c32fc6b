import type { Bilingual } from '../bilingual.ts';

/** Days on which the office does nothing, both ends included. */
export type Closure = {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
  readonly nameJa: string;
  readonly nameEn: string;
};

/** Hours in which the service itself is stopped. */
export type Maintenance = {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
  readonly reason: Bilingual;
};

export type Calendar = {
  /** ISO weekdays (1 Monday … 7 Sunday) on which the office works. */
  readonly officeDays: readonly number[];
  /** National holidays and office closures alike. */
  readonly closures: readonly Closure[];
  readonly maintenance: readonly Maintenance[];
};

const within = (date: Temporal.PlainDate, closure: Closure): boolean =>
  Temporal.PlainDate.compare(closure.from, date) <= 0 && Temporal.PlainDate.compare(date, closure.until) <= 0;

/** Whether the office works on a day. */
export const isBusinessDay = (calendar: Calendar, date: Temporal.PlainDate): boolean =>
  calendar.officeDays.includes(date.dayOfWeek) && !calendar.closures.some((closure) => within(date, closure));

/**
 * The `days`th business day after `date` (`days` ≥ 0; 0 gives the first business day on or after it). Throws
 * `RangeError` when none is found within two years, which only a wrong calendar can cause.
 */
export const addBusinessDays = (
  calendar: Calendar,
  date: Temporal.PlainDate,
  days: number,
): Temporal.PlainDate => {
  let remaining = days;
  let current = date;
  for (let step = 0; step <= 731; step += 1) {
    const works = isBusinessDay(calendar, current);
    if (works && remaining <= 0) return current;
    current = current.add({ days: 1 });
    if (isBusinessDay(calendar, current) && remaining > 0) {
      remaining -= 1;
      if (remaining === 0) return current;
    }
  }
  throw new RangeError('the calendar has no business day within two years');
};

/** Maintenance that has not ended at `now`, earliest first. */
export const upcomingMaintenance = (calendar: Calendar, now: Temporal.Instant): Maintenance[] =>
  calendar.maintenance
    .filter((one) => Temporal.Instant.compare(one.until, now) > 0)
    .toSorted((a, b) => Temporal.Instant.compare(a.from, b.from));

/** Office closures that have not ended on `date` and begin within `days` of it, earliest first. */
export const upcomingClosures = (calendar: Calendar, date: Temporal.PlainDate, days: number): Closure[] =>
  calendar.closures
    .filter(
      ({ from, until }) =>
        Temporal.PlainDate.compare(until, date) >= 0 &&
        Temporal.PlainDate.compare(from, date.add({ days })) <= 0,
    )
    .toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from));
