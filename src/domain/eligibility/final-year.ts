import { academicYear, tokyoDate } from '../dates.ts';
import { dayOfAcademicYear } from './conditions.ts';
import type { EligibilityRule } from './eligibility.ts';
import { ELIGIBLE, refuse } from './eligibility.ts';

/** In the last year of the programme, or beyond it, with a date on which the end is expected. */
export const finalYear: EligibilityRule = ({ enrolment, programme }) =>
  enrolment.yearOfStudy >= programme.years && enrolment.expectedGraduationDate !== null
    ? ELIGIBLE
    : refuse('not-final-year');

/** From the set day of the academic year in which the programme is expected to end. */
export const afterOpening: EligibilityRule = ({ enrolment, conditions, now }) => {
  if (conditions.opensOn === null) return ELIGIBLE;
  const year = academicYear(enrolment.expectedGraduationDate ?? tokyoDate(now));
  const opens = dayOfAcademicYear(conditions.opensOn, year);
  return Temporal.PlainDate.compare(opens, tokyoDate(now)) <= 0 ? ELIGIBLE : refuse('not-yet-open', opens);
};

/** Credits earned and registered for must together reach what the programme asks for. */
export const enoughCredits: EligibilityRule = ({ credits, programme: { requiredCredits } }) =>
  requiredCredits === null || credits.earned + credits.registered >= requiredCredits
    ? ELIGIBLE
    : refuse('too-few-credits');
