import { academicYear, tokyoDate } from '#domain/dates.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** At most so many copies a Tokyo day and an academic year, those wished now among them. */
export const withinLimits: EligibilityRule = ({ conditions: { limits }, ordered, copies, now }) => {
  if (limits === null) return ELIGIBLE;
  const today = tokyoDate(now);
  if (ordered.thisAcademicYear + copies > limits.perYear) {
    const nextYear = Temporal.PlainDate.from({ year: academicYear(today) + 1, month: 4, day: 1 });
    return refuse('limit-year', copies > limits.perYear ? undefined : nextYear);
  }
  if (ordered.today + copies > limits.perDay) {
    return refuse('limit-day', copies > limits.perDay ? undefined : today.add({ days: 1 }));
  }
  return ELIGIBLE;
};
