import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** Credits earned and registered for must together reach what the programme asks for. */
export const enoughCredits: EligibilityRule = ({ credits, programme: { requiredCredits } }) =>
  requiredCredits === null || credits.earned + credits.registered >= requiredCredits
    ? ELIGIBLE
    : refuse('too-few-credits');
