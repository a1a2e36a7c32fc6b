import { tokyoDate } from '../dates.ts';
import { holdsOn } from '../person/person.ts';
import type { EligibilityRule } from './eligibility.ts';
import { ELIGIBLE, refuse } from './eligibility.ts';

/** Refuses while a hold (発行制限) is in force, until the day after the last of them ends where all have an end. */
export const noHold: EligibilityRule = ({ enrolment, holds, now }) => {
  const inForce = holdsOn(holds, enrolment.id, tokyoDate(now));
  if (inForce.length === 0) return ELIGIBLE;
  let last: Temporal.PlainDate | undefined;
  for (const { until } of inForce) {
    if (until === null) return refuse('hold');
    if (last === undefined || Temporal.PlainDate.compare(until, last) > 0) last = until;
  }
  return refuse('hold', last?.add({ days: 1 }));
};
