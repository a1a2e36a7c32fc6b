import { tokyoDate } from '#domain/dates.ts';
import { nextYearEndStop } from '../conditions.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** Not while the register turns to the next academic year. */
export const outsideYearEndStop: EligibilityRule = ({ conditions, now }) => {
  const today = tokyoDate(now);
  const stop = nextYearEndStop(conditions, today);
  return stop === null || Temporal.PlainDate.compare(today, stop.from) < 0
    ? ELIGIBLE
    : refuse('year-end-stop', stop.until.add({ days: 1 }));
};
