import { academicYear, tokyoDate } from '#domain/dates.ts';
import { dayOfAcademicYear } from '../conditions.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** From the set day of the academic year in which the programme is expected to end. */
export const afterOpening: EligibilityRule = ({ enrolment, conditions, now }) => {
  if (conditions.opensOn === null) return ELIGIBLE;
  const year = academicYear(enrolment.expectedGraduationDate ?? tokyoDate(now));
  const opens = dayOfAcademicYear(conditions.opensOn, year);
  return Temporal.PlainDate.compare(opens, tokyoDate(now)) <= 0 ? ELIGIBLE : refuse('not-yet-open', opens);
};
