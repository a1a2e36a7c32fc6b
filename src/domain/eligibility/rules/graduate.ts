import { startOfTokyoDay, tokyoDate } from '#domain/dates.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/**
 * The enrolment certified must have ended with graduation or completion, and the instant from which that may be
 * certified must have come: the one in the register, else the beginning of the day of graduation.
 */
export const graduate: EligibilityRule = ({ enrolment, facts, now }) => {
  if (enrolment.status !== 'graduated' || enrolment.leftOn === null) return refuse('not-graduated');
  const at = facts.certifiedFrom ?? startOfTokyoDay(enrolment.leftOn);
  if (Temporal.Instant.compare(at, now) <= 0) return ELIGIBLE;
  return { eligible: false, reason: 'graduation-not-yet', from: tokyoDate(at), at };
};
