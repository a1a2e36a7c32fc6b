import type { Bilingual } from '../bilingual.ts';
import type { RecordedCourse } from '../person/person.ts';
import type {
  AcademicRecord,
  AcademicRecordRow,
  CertificateLanguage,
  CourseStanding,
  CreditTotal,
  GradeLegendEntry,
} from './snapshot.ts';

/** The grades in force for those who entered in an academic year or later, until the next scale. */
export type GradingScale = {
  readonly enteredFrom: number;
  readonly grades: readonly (Readonly<GradeLegendEntry> & { readonly passes: boolean })[];
};

/** What a transcript shows; a setting of the university. */
export type AcademicRecordSettings = {
  /** Courses failed and not taken again. */
  readonly failed: boolean;
  /** Courses failed and taken again later. */
  readonly repeated: boolean;
  /** Courses being taken. */
  readonly running: boolean;
  readonly gradePointAverage: boolean;
  /** What stands in the grade's place while a course is being taken. */
  readonly runningGrade: Bilingual;
};

/** The scale for a year of entrance; undefined where none is configured so far back. */
export const scaleFor = (scales: readonly GradingScale[], entered: number): GradingScale | undefined =>
  scales
    .filter(({ enteredFrom }) => enteredFrom <= entered)
    .toSorted((a, b) => b.enteredFrom - a.enteredFrom)[0];

/** A grade that no scale knows passes: 認定 and its like are recorded only for what was acknowledged. */
const passes = (scale: GradingScale | undefined, grade: string): boolean =>
  scale?.grades.find((entry) => entry.grade === grade)?.passes ?? true;

type Standing = { readonly course: RecordedCourse; readonly standing: CourseStanding };

const standings = (courses: readonly RecordedCourse[], scale: GradingScale | undefined): Standing[] =>
  courses.map((course, index) => {
    if (course.grade === null) return { course, standing: 'running' };
    if (passes(scale, course.grade)) return { course, standing: 'earned' };
    const again = courses.slice(index + 1).some(({ courseNumber }) => courseNumber === course.courseNumber);
    return { course, standing: again ? 'repeated' : 'failed' };
  });

/** Credits earned, and those of courses being taken whose credits are not earned already. */
export const creditsOf = (
  courses: readonly RecordedCourse[],
  scale: GradingScale | undefined,
): { earned: number; registered: number } => {
  const all = standings(courses, scale);
  const earned = new Map<string, number>();
  const registered = new Map<string, number>();
  for (const { course, standing } of all) {
    if (standing === 'earned') earned.set(course.courseNumber, course.credits);
    if (standing === 'running') registered.set(course.courseNumber, course.credits);
  }
  for (const code of earned.keys()) registered.delete(code);
  const sum = (credits: ReadonlyMap<string, number>) => [...credits.values()].reduce((a, b) => a + b, 0);
  return { earned: sum(earned), registered: sum(registered) };
};

/** Weighted by credits, two decimals: what was earned or failed; a failed course taken again counts once. */
const gradePointAverage = (all: readonly Standing[]): number | null => {
  let credits = 0;
  let points = 0;
  for (const { course, standing } of all) {
    if (course.gradePoint === null || standing === 'running' || standing === 'repeated') continue;
    credits += course.credits;
    points += course.credits * course.gradePoint;
  }
  return credits === 0 ? null : Math.round((points / credits) * 100) / 100;
};

const creditTotals = (rows: readonly AcademicRecordRow[]): CreditTotal[] => {
  const totals = new Map<string, CreditTotal>();
  for (const { categoryJa, categoryEn, credits, standing } of rows) {
    if (standing !== 'earned' || categoryJa === null || categoryEn === null) continue;
    const total = totals.get(categoryJa) ?? { categoryJa, categoryEn, credits: 0 };
    totals.set(categoryJa, { ...total, credits: total.credits + credits });
  }
  return [...totals.values()];
};

/** The record of courses as a transcript prints it. `courses` are in printed order. */
export const academicRecordOf = (
  courses: readonly RecordedCourse[],
  {
    scale,
    settings,
    language,
  }: {
    readonly scale: GradingScale | undefined;
    readonly settings: AcademicRecordSettings;
    readonly language: CertificateLanguage;
  },
): AcademicRecord => {
  const all = standings(courses, scale);
  const shown = all.filter(({ standing }) => standing === 'earned' || settings[standing]);
  const rows = shown.map(({ course, standing }): AcademicRecordRow => {
    const { termJa, termEn, grade, ...rest } = course;
    const term = language === 'ja' ? termJa : termEn;
    return { ...rest, term, grade: grade ?? settings.runningGrade[language], standing };
  });
  const totalCredits = rows.reduce((sum, row) => sum + (row.standing === 'earned' ? row.credits : 0), 0);
  const legend = (scale?.grades ?? []).map(({ grade, meaningJa, meaningEn, gradePoint }) => ({
    grade,
    meaningJa,
    meaningEn,
    gradePoint,
  }));
  return {
    rows,
    gradePointAverage: settings.gradePointAverage ? gradePointAverage(all) : null,
    totalCredits,
    creditTotals: creditTotals(rows),
    legend,
  };
};
