import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** 学部: what ends with 卒業. */
export const undergraduate: EligibilityRule = ({ enrolment }) =>
  enrolment.level === 'bachelor' ? ELIGIBLE : refuse('not-undergraduate');
