import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** What exists on paper only is asked for at the office. */
export const notPaperOnly: EligibilityRule = ({ paperOnly }) => (paperOnly ? refuse('paper-only') : ELIGIBLE);
