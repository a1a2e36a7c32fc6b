import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** 正規生 only. */
export const regularStudent: EligibilityRule = ({ enrolment }) =>
  enrolment.category === 'regular' ? ELIGIBLE : refuse('not-regular-student');
