import type { CertificateRecord } from '../certificate/snapshot.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import type { SealClaims } from './claim-fields.ts';
import { claimsFromMap, claimsToMap } from './claim-fields.ts';
import { sealRows } from './row-bytes.ts';
import { sealFacts } from './seal-facts.ts';

/** Where the certificate stands in the transparency log, and the salt of its leaf's commitment. */
export type LogPlace = { readonly index: number; readonly salt: Uint8Array };

export type SealedPage = {
  readonly page: number;
  readonly pages: number;
  /** Counts from 1. */
  readonly firstRow: number;
  readonly rowCount: number;
};

/** The claims of one page; throws RangeError where its rows cannot be sealed. */
export const claimsOf = (
  record: CertificateRecord,
  { page, pages, firstRow, rowCount }: SealedPage,
  log: LogPlace | null = null,
): SealClaims => {
  const { snapshot } = record;
  const { issuer, person, enrolment } = snapshot;
  const japanese = snapshot.language === 'ja';
  const rows = snapshot.academicRecord?.rows.slice(firstRow - 1, firstRow - 1 + rowCount) ?? [];
  const sealed = rows.length === 0 ? null : sealRows(rows);
  return {
    issuer: japanese ? issuer.universityJa : issuer.universityEn,
    serial: record.serial,
    impression: record.impression,
    type: snapshot.certificateType,
    language: snapshot.language,
    nameJa: person.nameJa,
    nameRoman: person.nameRoman,
    birthDate: person.birthDate,
    programme: japanese
      ? `${enrolment.facultyJa} ${enrolment.programmeJa}`
      : `${enrolment.programmeEn}, ${enrolment.facultyEn}`,
    admissionDate: enrolment.admissionDate,
    expectedGraduationDate: enrolment.expectedGraduationDate,
    yearOfStudy: enrolment.yearOfStudy,
    leaveFrom: enrolment.onLeave?.from ?? null,
    leaveUntil: enrolment.onLeave?.until ?? null,
    certificateNumber: record.certificateNumber,
    issueDate: record.issueDate,
    issuedAt: Math.floor(Date.parse(record.issuedAt) / 1000),
    page,
    pages,
    firstRow: sealed === null ? null : firstRow,
    rows: sealed?.rows ?? null,
    grades: sealed?.grades ?? null,
    halves: sealed?.halves ?? null,
    facts: page === 1 ? sealFacts(snapshot) : null,
    logIndex: log?.index ?? null,
    salt: log?.salt ?? null,
  };
};

/** Deterministic CBOR of the claims. */
export const encodeClaims = (claims: SealClaims): Uint8Array => encodeCbor(claimsToMap(claims));

/** Strict inverse of `encodeClaims`; throws RangeError. */
export const decodeClaims = (bytes: Uint8Array): SealClaims => {
  const map = decodeCbor(bytes);
  if (!(map instanceof Map)) throw new RangeError('claims are no map');
  return claimsFromMap(map);
};
