import type {
  AcademicRecord,
  AcademicRecordRow,
  CertificateRecord,
  CertificateSnapshot,
} from './snapshot.ts';

/** Snapshots of before statements, eras, references and legends were frozen hold this much. */
type FirstSnapshot = Omit<
  CertificateSnapshot,
  'template' | 'statement' | 'academicRecord' | 'dateEra' | 'reference'
> & {
  academicRecord: {
    rows: Omit<AcademicRecordRow, 'standing' | 'categoryJa' | 'categoryEn'>[];
    gradePointAverage: number | null;
  } | null;
};

const readRecord = (stored: NonNullable<FirstSnapshot['academicRecord']>): AcademicRecord => {
  const rows = stored.rows.map((row) => ({
    ...row,
    standing: 'earned' as const,
    categoryJa: null,
    categoryEn: null,
  }));
  const totalCredits = rows.reduce((sum, { credits }) => sum + credits, 0);
  return { ...stored, rows, totalCredits, creditTotals: [], legend: [] };
};

/**
 * A snapshot from its stored JSON. One frozen before statements were part of it was an enrolment certificate or a
 * transcript, told apart by its record of courses; it says today exactly what it said then.
 */
export const readSnapshot = (stored: unknown): CertificateSnapshot => {
  const snapshot = stored as CertificateSnapshot | FirstSnapshot;
  // Before templates were frozen, each was called as its type.
  const template = 'template' in snapshot ? snapshot.template : snapshot.certificateType;
  if ('statement' in snapshot) return { ...snapshot, template };
  const { academicRecord, ...rest } = snapshot;
  const common = { ...rest, template, dateEra: 'western' as const, reference: null };
  return academicRecord === null
    ? { ...common, statement: { kind: 'enrolment' }, academicRecord: null }
    : { ...common, statement: { kind: 'transcript' }, academicRecord: readRecord(academicRecord) };
};

/** The record of an issued certificate from its stored JSON. */
export const readCertificateRecord = (stored: unknown): CertificateRecord => {
  const record = stored as CertificateRecord;
  return { ...record, snapshot: readSnapshot(record.snapshot) };
};
