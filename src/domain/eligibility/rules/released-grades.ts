import { tokyoDate } from '#domain/dates.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** A transcript needs a term whose grades have been released; before that it says from when. */
export const releasedGrades: EligibilityRule = ({ facts: { gradeReleases }, now }) => {
  if (gradeReleases.some((instant) => Temporal.Instant.compare(instant, now) <= 0)) return ELIGIBLE;
  const [first] = gradeReleases.toSorted(Temporal.Instant.compare);
  return first === undefined
    ? refuse('no-grades')
    : { eligible: false, reason: 'grades-not-released', from: tokyoDate(first), at: first };
};
