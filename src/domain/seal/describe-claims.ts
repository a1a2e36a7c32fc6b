import type { FactName, SealClaims } from './claim-fields.ts';
import { FACT_NAMES } from './claim-fields.ts';
import { readRows } from './row-bytes.ts';

/** What a line of the sheet is about; the reader's language names it. */
export type ClaimLabel =
  | 'type'
  | 'certificateNumber'
  | 'name'
  | 'birthDate'
  | 'programme'
  | 'admissionDate'
  | 'yearOfStudy'
  | 'leave'
  | 'expectedGraduationDate'
  | FactName
  | 'issueDate'
  | 'issuer'
  | 'serial'
  | 'page';

export type ClaimLine = { readonly label: ClaimLabel; readonly value: string };

export type DescribeOptions = {
  /** An ISO date as the reader writes it. */
  readonly date: (iso: string) => string;
  /** The title of a certificate type's code. */
  readonly title: (type: string) => string;
};

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The lines that the sheet must show, in the order in which a reader finds them on it. */
export const describeClaims = (claims: SealClaims, { date, title }: DescribeOptions): ClaimLine[] => {
  const shown = (value: string) => (ISO_DATE.test(value) ? date(value) : value);
  const optionalDate = (label: ClaimLabel, value: string | null): ClaimLine[] =>
    value === null ? [] : [{ label, value: date(value) }];
  const facts = FACT_NAMES.flatMap((label): ClaimLine[] => {
    const value = claims.facts?.[label];
    return value === undefined ? [] : [{ label, value: shown(value) }];
  });
  const leave = [claims.leaveFrom, claims.leaveUntil].flatMap((iso) => (iso === null ? [] : date(iso)));
  return [
    { label: 'type', value: title(claims.type) },
    { label: 'name', value: [claims.nameJa, claims.nameRoman].filter(Boolean).join(' / ') },
    { label: 'birthDate', value: date(claims.birthDate) },
    { label: 'programme', value: claims.programme },
    ...optionalDate('admissionDate', claims.admissionDate),
    ...(claims.yearOfStudy === null
      ? []
      : [{ label: 'yearOfStudy' as const, value: String(claims.yearOfStudy) }]),
    ...(leave.length === 0 ? [] : [{ label: 'leave' as const, value: leave.join(' – ') }]),
    ...optionalDate('expectedGraduationDate', claims.expectedGraduationDate),
    ...facts,
    { label: 'issueDate', value: date(claims.issueDate) },
    { label: 'issuer', value: claims.issuer },
    { label: 'certificateNumber', value: claims.certificateNumber },
    { label: 'serial', value: `${claims.serial} (${claims.impression})` },
    { label: 'page', value: `${claims.page} / ${claims.pages}` },
  ];
};

/** The rows of the page's table with the numbers they carry on paper; throws RangeError where they are malformed. */
export const describeRows = (
  claims: SealClaims,
): { readonly number: number; readonly grade: string; readonly credits: number }[] =>
  claims.rows === null
    ? []
    : readRows({ rows: claims.rows, grades: claims.grades, halves: claims.halves }).map((row, index) => ({
        number: (claims.firstRow ?? 1) + index,
        ...row,
      }));
