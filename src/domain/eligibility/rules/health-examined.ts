import { academicYear, tokyoDate } from '#domain/dates.ts';
import type { HealthExamination } from '#domain/person/person.ts';
import type { EligibilityRule } from '../eligibility.ts';
import { ELIGIBLE, refuse } from '../eligibility.ts';

/** The newest examination of the academic year that `today` lies in; undefined without one. */
export const examinationOfYear = (
  examinations: readonly HealthExamination[],
  today: Temporal.PlainDate,
): HealthExamination | undefined =>
  examinations
    .filter(({ examinedOn }) => academicYear(examinedOn) === academicYear(today))
    .toSorted((a, b) => Temporal.PlainDate.compare(b.examinedOn, a.examinedOn))[0];

/** Examined in this academic year, from the day its results are released; English only with a signed English form. */
export const healthExamined: EligibilityRule = ({ healthExaminations, language, now }) => {
  const today = tokyoDate(now);
  const examination = examinationOfYear(healthExaminations, today);
  if (examination === undefined) return refuse('no-health-examination');
  if (Temporal.PlainDate.compare(today, examination.releasedOn) < 0)
    return refuse('health-not-released', examination.releasedOn);
  return language === 'en' && !examination.englishForm ? refuse('no-english-health-form') : ELIGIBLE;
};
