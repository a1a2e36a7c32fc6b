import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** Persons struck off (除籍) get nothing online and are told whom to ask. */
export const notStruckOff: EligibilityRule = ({ enrolment }) =>
  enrolment.status === 'struck-off' ? refuse('struck-off') : ELIGIBLE;
