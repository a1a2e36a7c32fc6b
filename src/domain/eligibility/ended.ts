import { tokyoDate } from '../dates.ts';
import type { EnrolmentStatus } from '../person/person.ts';
import type { EligibilityReason, EligibilityRule } from './eligibility.ts';
import { ELIGIBLE, refuse } from './eligibility.ts';

/** The enrolment must have ended in one of these ways, and its last day must be over. */
export const ended =
  (statuses: readonly EnrolmentStatus[], otherwise: EligibilityReason): EligibilityRule =>
  ({ enrolment, now }) => {
    if (enrolment.leftOn === null || !statuses.includes(enrolment.status)) return refuse(otherwise);
    return Temporal.PlainDate.compare(enrolment.leftOn, tokyoDate(now)) < 0
      ? ELIGIBLE
      : refuse('still-enrolled', enrolment.leftOn.add({ days: 1 }));
  };
