import { tokyoDate } from '#domain/dates.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

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
