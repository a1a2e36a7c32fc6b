import { tokyoDate } from '#domain/dates.ts';
import { isCurrent } from '#domain/person/person.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** The enrolment certified must last today; before the day of admission it says from when. */
export const currentStudent: EligibilityRule = ({ enrolment, now }) => {
  const today = tokyoDate(now);
  if (isCurrent(enrolment, today)) return ELIGIBLE;
  return Temporal.PlainDate.compare(today, enrolment.admissionDate) < 0
    ? refuse('not-yet-admitted', enrolment.admissionDate)
    : refuse('not-current');
};
