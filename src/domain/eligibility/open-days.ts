import { tokyoDate } from '../dates.ts';
import { nextYearEndStop } from './conditions.ts';
import type { EligibilityRule } from './eligibility.ts';
import { ELIGIBLE, refuse } from './eligibility.ts';

/** Not while the office handles nothing (事務取扱停止期間); for types that need its hand. */
export const officeOpen: EligibilityRule = ({ closures, now }) => {
  let day = tokyoDate(now);
  let closed = false;
  for (;;) {
    const closure = closures.find(
      ({ from, until }) =>
        Temporal.PlainDate.compare(from, day) <= 0 && Temporal.PlainDate.compare(day, until) <= 0,
    );
    if (closure === undefined) return closed ? refuse('office-closed', day) : ELIGIBLE;
    day = closure.until.add({ days: 1 });
    closed = true;
  }
};

/** Not while the register turns to the next academic year. */
export const outsideYearEndStop: EligibilityRule = ({ conditions, now }) => {
  const today = tokyoDate(now);
  const stop = nextYearEndStop(conditions, today);
  return stop === null || Temporal.PlainDate.compare(today, stop.from) < 0
    ? ELIGIBLE
    : refuse('year-end-stop', stop.until.add({ days: 1 }));
};
