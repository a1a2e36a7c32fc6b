import { tokyoDate } from '../dates.ts';
import type { EnrolmentStatus } from '../person/person.ts';
import type { EligibilityReason, EligibilityRule } from './eligibility.ts';
import { ELIGIBLE, refuse } from './eligibility.ts';

/** The enrolment must have ended in one of these ways, and its last day must be over. */
const ended =
  (statuses: readonly EnrolmentStatus[], otherwise: EligibilityReason): EligibilityRule =>
  ({ enrolment, now }) => {
    if (enrolment.leftOn === null || !statuses.includes(enrolment.status)) return refuse(otherwise);
    return Temporal.PlainDate.compare(enrolment.leftOn, tokyoDate(now)) < 0
      ? ELIGIBLE
      : refuse('still-enrolled', enrolment.leftOn.add({ days: 1 }));
  };

/** Whoever has left, by whatever way but being struck off. */
export const formerStudent = ended(['graduated', 'withdrawn', 'coursework-completed'], 'still-enrolled');

/** 退学: left without a degree, before or after completing the course requirements. */
export const withdrawn = ended(['withdrawn', 'coursework-completed'], 'not-withdrawn');

/** 単位取得退学: left a doctoral programme with its course requirements completed. */
export const courseworkCompleted = ended(['coursework-completed'], 'not-coursework-completed');
