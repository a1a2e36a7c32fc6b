import { tokyoDate } from '#domain/dates.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** The form names the student card (学生証), which must be valid: it is shown together with the fare discount. */
export const validStudentCard: EligibilityRule = ({ facts: { studentCard }, now }) => {
  const today = tokyoDate(now);
  if (studentCard === null) return refuse('no-student-card');
  if (Temporal.PlainDate.compare(today, studentCard.issuedOn) < 0)
    return refuse('no-student-card', studentCard.issuedOn);
  return Temporal.PlainDate.compare(today, studentCard.expiresOn) <= 0
    ? ELIGIBLE
    : refuse('student-card-expired');
};
