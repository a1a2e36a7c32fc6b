import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** In the last year of the programme, or beyond it, with a date on which the end is expected. */
export const finalYear: EligibilityRule = ({ enrolment, programme }) =>
  enrolment.yearOfStudy >= programme.years && enrolment.expectedGraduationDate !== null
    ? ELIGIBLE
    : refuse('not-final-year');
