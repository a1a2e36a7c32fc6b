import { tokyoDate } from '#domain/dates.ts';
import { leaveOn } from '#domain/person/person.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** Refuses a student on leave (休学) until the day after its end. */
export const notOnLeave: EligibilityRule = ({ enrolment, now }) => {
  const leave = leaveOn(enrolment, tokyoDate(now));
  return leave === null ? ELIGIBLE : refuse('on-leave', leave.until.add({ days: 1 }));
};
