import type { EligibilityRule } from './eligibility.ts';
import { ELIGIBLE, refuse } from './eligibility.ts';

/** The enrolment certified must have ended with graduation or completion. */
export const graduate: EligibilityRule = ({ enrolment }) =>
  enrolment.status === 'graduated' ? ELIGIBLE : refuse('not-graduated');
