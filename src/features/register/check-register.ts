import type { RegisterFileName, RegisterRow } from './register-columns.ts';
import { REGISTER_FILE_NAMES, REGISTER_KEYS } from './register-columns.ts';
import type { Located, RegisterRows } from './register-files.ts';

/** Something named that no file of this import holds; the register may. */
export type OpenReference = {
  readonly place: string;
  readonly target: 'people' | 'enrolments' | 'terms' | 'courses';
  readonly key: string;
};

const REFERENCES = [
  { column: 'person_key', target: 'people' },
  { column: 'student_number', target: 'enrolments' },
  { column: 'term_code', target: 'terms' },
  { column: 'course_code', target: 'courses' },
] as const;

type LooseRow = Readonly<Record<string, string | null>>;
const looseRows = (rows: RegisterRows, name: RegisterFileName): readonly Located<LooseRow>[] =>
  (rows[name] ?? []) as readonly Located<LooseRow>[];

/** The key of a row as text; the parts hold no control characters. */
export const keyOf = (name: RegisterFileName, row: LooseRow): string =>
  REGISTER_KEYS[name].map((column: string) => row[column]).join('\u0000');

/** Refuses, by line, what a file says twice and what contradicts itself; returns what only the register can know. */
export const checkRegister = (rows: RegisterRows, refusals: string[]): OpenReference[] => {
  const keys = new Map<string, Map<string, LooseRow>>();
  for (const name of REGISTER_FILE_NAMES) keys.set(name, unique(name, looseRows(rows, name), refusals));
  checkPrincipals(rows, refusals);
  for (const [name, rule] of Object.entries(CONTRADICTIONS)) {
    for (const { line, row } of looseRows(rows, name as RegisterFileName)) {
      for (const why of rule(row)) refusals.push(`${name}.csv:${line}: ${why}`);
    }
  }
  checkOwners(rows, keys.get('enrolments'), refusals);
  checkFindings(rows, keys.get('health-checks'), refusals);
  const open: OpenReference[] = [];
  for (const name of REGISTER_FILE_NAMES) {
    for (const { column, target } of REFERENCES) {
      if (name === target) continue;
      const known = keys.get(target);
      for (const { line, row } of looseRows(rows, name)) {
        const key = row[column] ?? null;
        if (key !== null && known?.has(key) !== true)
          open.push({ place: `${name}.csv:${line}: ${column}`, target, key });
      }
    }
  }
  return open;
};

const unique = (
  name: RegisterFileName,
  rows: readonly Located<LooseRow>[],
  refusals: string[],
): Map<string, LooseRow> => {
  const seen = new Map<string, LooseRow>();
  for (const { line, row } of rows) {
    const key = keyOf(name, row);
    if (seen.has(key)) refusals.push(`${name}.csv:${line}: ${key.replaceAll('\u0000', ' ')} appears twice`);
    seen.set(key, row);
  }
  return seen;
};

const checkPrincipals = (rows: RegisterRows, refusals: string[]): void => {
  const seen = new Set<string>();
  for (const { line, row } of rows.people ?? []) {
    if (row.principal_name === null) continue;
    if (seen.has(row.principal_name))
      refusals.push(`people.csv:${line}: ${row.principal_name} appears twice`);
    seen.add(row.principal_name);
  }
};

const checkOwners = (
  rows: RegisterRows,
  enrolments: ReadonlyMap<string, LooseRow> | undefined,
  refusals: string[],
): void => {
  for (const { line, row } of rows.holds ?? []) {
    const owner =
      row.student_number === null ? undefined : enrolments?.get(row.student_number)?.['person_key'];
    if (owner !== undefined && owner !== row.person_key)
      refusals.push(`holds.csv:${line}: student_number: belongs to another person`);
  }
};

const checkFindings = (
  rows: RegisterRows,
  checks: ReadonlyMap<string, unknown> | undefined,
  refusals: string[],
): void => {
  for (const { line, row } of rows['health-findings'] ?? []) {
    if (checks?.has(keyOf('health-checks', row)) !== true)
      refusals.push(`health-findings.csv:${line}: examined_on: no such examination in health-checks.csv`);
  }
};

/** ISO dates compare as text. */
const lies = (row: LooseRow, column: string, before: string): string[] => {
  const [day, bound] = [row[column] ?? null, row[before] ?? null];
  return day !== null && bound !== null && day < bound ? [`${column}: lies before ${before}`] : [];
};

const ofEnrolment = (row: LooseRow): string[] => {
  const { status } = row as RegisterRow<'enrolments'>;
  const found: string[] = [];
  if ((status === 'enrolled') !== (row['left_on'] === null)) found.push('left_on: contradicts the status');
  found.push(...lies(row, 'left_on', 'admission_date'));
  found.push(...lies(row, 'expected_graduation_date', 'admission_date'));
  if ((row['leave_from'] === null) !== (row['leave_until'] === null))
    found.push('leave_until: a leave needs both days');
  found.push(...lies(row, 'leave_until', 'leave_from'));
  if (row['certified_from'] !== null && status !== 'graduated')
    found.push('certified_from: is for graduates only');
  if (row['requirements_met_on'] !== null && status !== 'coursework-completed')
    found.push('requirements_met_on: is for status coursework-completed only');
  return found;
};

const CONTRADICTIONS: { readonly [Name in RegisterFileName]?: (row: LooseRow) => string[] } = {
  enrolments: ofEnrolment,
  terms: (row) => lies(row, 'ends_on', 'starts_on'),
  holds: (row) => lies(row, 'ends_on', 'starts_on'),
  'student-cards': (row) => lies(row, 'expires_on', 'issued_on'),
  'health-checks': (row) => lies(row, 'released_on', 'examined_on'),
  courses: (row) =>
    (row['category_ja'] === null) === (row['category_en'] === null)
      ? []
      : ['category_en: a category needs both languages'],
  degrees: (row) =>
    (row['field_ja'] === null) === (row['field_en'] === null)
      ? []
      : ['field_en: a field needs both languages'],
};
