import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** 研究生, 科目等履修生 and 特別聴講学生 only. */
export const nonRegularStudent: EligibilityRule = ({ enrolment }) =>
  enrolment.category === 'regular' ? refuse('not-non-regular-student') : ELIGIBLE;
