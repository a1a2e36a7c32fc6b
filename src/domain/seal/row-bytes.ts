import type { AcademicRecordRow } from '../certificate/snapshot.ts';

/** The grades a row byte names by index, unless the page brings its own list. */
export const STANDARD_GRADES: readonly string[] = [
  'A+',
  'A',
  'B',
  'C',
  'D',
  'F',
  '認定',
  '合格',
  '秀',
  '優',
  '良',
  '可',
  '不可',
  'S',
  'W',
];

/** Credits in halves, by index, unless the page brings its own list: 0, 0.5, … 7.5. */
const STANDARD_HALVES: readonly number[] = Array.from({ length: 16 }, (_, index) => index);

/** The rows of one page as a seal covers them: one byte a row, and lists of its own where the standard ones lack a value. */
export type SealedRows = {
  /** Grade index × 16 + credit index, in printed order. */
  readonly rows: Uint8Array;
  /** Null where the standard list has every grade of the page. */
  readonly grades: readonly string[] | null;
  /** Credits in halves; null where the standard list has them all. */
  readonly halves: readonly number[] | null;
};

/** The standard list when it has all values, else the values themselves, sorted; throws RangeError beyond 16. */
const listFor = <Value extends string | number>(
  standard: readonly Value[],
  values: readonly Value[],
): readonly Value[] | null => {
  if (values.every((value) => standard.includes(value))) return null;
  const own = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  if (own.length > 16) throw new RangeError('more than 16 different values on one page');
  return own;
};

/**
 * Seals the rows of one page. Throws RangeError when credits are no half-steps from 0, or when a page has more than 16
 * different grades or credits.
 */
export const sealRows = (rows: readonly Pick<AcademicRecordRow, 'grade' | 'credits'>[]): SealedRows => {
  const credits = rows.map((row) => row.credits * 2);
  if (!credits.every((halves) => Number.isSafeInteger(halves) && halves >= 0))
    throw new RangeError('credits are no half-steps');
  const words = rows.map((row) => row.grade);
  const grades = listFor(STANDARD_GRADES, words);
  const halves = listFor(STANDARD_HALVES, credits);
  const bytes = rows.map(
    (row) =>
      (grades ?? STANDARD_GRADES).indexOf(row.grade) * 16 +
      (halves ?? STANDARD_HALVES).indexOf(row.credits * 2),
  );
  return { rows: new Uint8Array(bytes), grades, halves };
};

/** Inverse of `sealRows`; throws RangeError where a byte points beyond its list. */
export const readRows = ({ rows, grades, halves }: SealedRows): { grade: string; credits: number }[] =>
  Array.from(rows, (byte) => {
    const grade = (grades ?? STANDARD_GRADES)[byte >> 4];
    const credits = (halves ?? STANDARD_HALVES)[byte & 15];
    if (grade === undefined || credits === undefined) throw new RangeError('row byte beyond its list');
    return { grade, credits: credits / 2 };
  });
