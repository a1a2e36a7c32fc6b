import { tokyoDate } from '../dates.ts';
import { isCurrent } from '../person/person.ts';
import type { EligibilityRule } from './eligibility.ts';
import { ELIGIBLE, refuse } from './eligibility.ts';

/** The enrolment certified must last today; before the day of admission it says from when. */
export const currentStudent: EligibilityRule = ({ enrolment, now }) => {
  if (isCurrent(enrolment, tokyoDate(now))) return ELIGIBLE;
  return enrolment.status === 'enrolled'
    ? refuse('not-yet-admitted', enrolment.admissionDate)
    : refuse('not-current');
};
