import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** An English certificate prints the romanised name of the register, so there must be one. */
export const romanisedName: EligibilityRule = ({ person, language }) =>
  language === 'en' && person.nameRoman === null ? refuse('no-romanised-name') : ELIGIBLE;
