import type { CertificateRecord } from '../certificate/snapshot.ts';
import { type CborValue, decodeCbor, encodeCbor } from './cbor.ts';

/** What a seal says. Dates are ISO strings; `issuedAt` is in whole seconds since 1970 (UTC). */
export type SealClaims = {
  issuer: string;
  serial: string;
  impression: number;
  type: string;
  language: string;
  nameJa: string;
  nameRoman: string | null;
  birthDate: string;
  programme: string;
  admissionDate: string;
  expectedGraduationDate: string | null;
  yearOfStudy: number;
  leaveFrom: string | null;
  leaveUntil: string | null;
  certificateNumber: string;
  issueDate: string;
  issuedAt: number;
  page: number;
  pages: number;
  /** Number of the page's first row, from 1; 0 where the page has no rows. */
  firstRow: number;
  /** One byte per row in printed order: grade index × 16 + credits. */
  rows: Uint8Array;
};

/** Labels 1, 2, … in this order; a new claim is only ever added at the end. */
const LABELS: (keyof SealClaims)[] = [
  'issuer',
  'serial',
  'impression',
  'type',
  'language',
  'nameJa',
  'nameRoman',
  'birthDate',
  'programme',
  'admissionDate',
  'expectedGraduationDate',
  'yearOfStudy',
  'leaveFrom',
  'leaveUntil',
  'certificateNumber',
  'issueDate',
  'issuedAt',
  'page',
  'pages',
  'firstRow',
  'rows',
];
const NUMBERS = new Set<string>(['impression', 'yearOfStudy', 'issuedAt', 'page', 'pages', 'firstRow']);
const OPTIONAL = new Set<string>(['nameRoman', 'expectedGraduationDate', 'leaveFrom', 'leaveUntil']);

/** The grades a row byte can name, by index; 15 is any other. */
export const SEALED_GRADES = [
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

/** The index of every grade outside the list; the page then shows `?`, and the paper's own word is not covered. */
const OTHER_GRADE = 15;

/** One byte for a row; throws RangeError unless credits are half-steps between 0 and 7.5. */
export function rowByte(row: { grade: string; credits: number }): number {
  const halves = row.credits * 2;
  if (!Number.isInteger(halves) || halves < 0 || halves > 15)
    throw new RangeError('credits cannot be sealed');
  const index = SEALED_GRADES.indexOf(row.grade);
  return (index < 0 ? OTHER_GRADE : index) * 16 + halves;
}

/** Inverse of `rowByte`. */
export function readRowByte(byte: number): { grade: string; credits: number } {
  return { grade: SEALED_GRADES[byte >> 4] ?? '?', credits: (byte & 15) / 2 };
}

/** The claims of one page; `firstRow` counts from 1, `rowCount` rows stand on the page. */
export function claimsOf(
  record: CertificateRecord,
  place: { page: number; pages: number; firstRow: number; rowCount: number },
): SealClaims {
  const { snapshot } = record;
  const rows =
    snapshot.academicRecord?.rows.slice(place.firstRow - 1, place.firstRow - 1 + place.rowCount) ?? [];
  const japanese = snapshot.language === 'ja';
  return {
    issuer: japanese ? snapshot.issuer.universityJa : snapshot.issuer.universityEn,
    serial: record.serial,
    impression: record.impression,
    type: snapshot.certificateType,
    language: snapshot.language,
    nameJa: snapshot.person.nameJa,
    nameRoman: snapshot.person.nameRoman,
    birthDate: snapshot.person.birthDate,
    programme: japanese
      ? `${snapshot.enrolment.facultyJa} ${snapshot.enrolment.programmeJa}`
      : `${snapshot.enrolment.programmeEn}, ${snapshot.enrolment.facultyEn}`,
    admissionDate: snapshot.enrolment.admissionDate,
    expectedGraduationDate: snapshot.enrolment.expectedGraduationDate,
    yearOfStudy: snapshot.enrolment.yearOfStudy,
    leaveFrom: snapshot.enrolment.onLeave?.from ?? null,
    leaveUntil: snapshot.enrolment.onLeave?.until ?? null,
    certificateNumber: record.certificateNumber,
    issueDate: record.issueDate,
    issuedAt: Math.floor(Date.parse(record.issuedAt) / 1000),
    page: place.page,
    pages: place.pages,
    firstRow: place.rowCount > 0 ? place.firstRow : 0,
    rows: new Uint8Array(rows.map(rowByte)),
  };
}

/** Deterministic CBOR of the claims. */
export function encodeClaims(claims: SealClaims): Uint8Array {
  return encodeCbor(new Map<number, CborValue>(LABELS.map((name, index) => [index + 1, claims[name]])));
}

/** Strict inverse of `encodeClaims`; throws RangeError. */
export function decodeClaims(bytes: Uint8Array): SealClaims {
  const map = decodeCbor(bytes);
  if (!(map instanceof Map) || map.size !== LABELS.length)
    throw new RangeError('claims not a map of known size');
  const entries = LABELS.map((name, index) => {
    const value = map.get(index + 1);
    const right =
      name === 'rows'
        ? value instanceof Uint8Array
        : NUMBERS.has(name)
          ? typeof value === 'number'
          : typeof value === 'string' || (OPTIONAL.has(name) && value === null);
    if (!right) throw new RangeError(`claim ${name} malformed`);
    return [name, value];
  });
  return Object.fromEntries(entries) as SealClaims;
}
