import { tokyoDate } from '#domain/dates.ts';
import { holdsOn } from '#domain/person/person.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/**
 * Refuses while a hold (発行制限) is in force, until the first day on which none is, where every one of them has an
 * end. The reason named is that of the hold that lasts longest.
 */
export const noHold: EligibilityRule = ({ enrolment, holds, now }) => {
  let day = tokyoDate(now);
  let reason = null;
  // One hold may begin before another ends: the day after the last of a chain is the answer.
  for (;;) {
    const inForce = holdsOn(holds, enrolment.id, day);
    if (inForce.length === 0) return reason === null ? ELIGIBLE : refuse(`hold-${reason}`, day);
    for (const hold of inForce) {
      if (hold.until === null) return refuse(`hold-${hold.reason}`);
      const next = hold.until.add({ days: 1 });
      if (Temporal.PlainDate.compare(next, day) > 0) [day, reason] = [next, hold.reason];
    }
  }
};
