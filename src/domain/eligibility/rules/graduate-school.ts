import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** 大学院: what ends with 修了. */
export const graduateSchool: EligibilityRule = ({ enrolment }) =>
  enrolment.level === 'master' || enrolment.level === 'doctor' ? ELIGIBLE : refuse('not-graduate-school');
