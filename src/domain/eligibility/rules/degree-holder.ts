import { tokyoDate } from '#domain/dates.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** A degree must have been conferred under the enrolment certified. */
export const degreeHolder: EligibilityRule = ({ facts: { degree }, now }) => {
  if (degree === null) return refuse('no-degree');
  return Temporal.PlainDate.compare(degree.conferredOn, tokyoDate(now)) <= 0
    ? ELIGIBLE
    : refuse('graduation-not-yet', degree.conferredOn);
};
