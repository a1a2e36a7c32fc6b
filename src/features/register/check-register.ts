import type { Located, RegisterRows } from './register-files.ts';

/** Refuses what one file says twice, or says of something no file knows; by line. */
export const checkRegister = (rows: RegisterRows, refusals: string[]): void => {
  const people = unique('people', rows.people, (row) => row.person_key, refusals);
  const enrolments = unique('enrolments', rows.enrolments, (row) => row.student_number, refusals);
  const terms = unique('terms', rows.terms, (row) => row.code, refusals);
  const courses = unique('courses', rows.courses, (row) => row.code, refusals);
  unique('people', rows.people, (row) => row.principal_name, refusals);
  unique('holds', rows.holds, (row) => row.hold_key, refusals);
  unique(
    'grades',
    rows.grades,
    (row) => `${row.student_number} ${row.term_code} ${row.course_code}`,
    refusals,
  );
  const known = (place: string, what: string, code: string, codes: ReadonlyMap<string, unknown>): void => {
    if (!codes.has(code)) refusals.push(`${place}: ${what}: ${code} is not in the register`);
  };
  for (const { line, row } of rows.enrolments) {
    known(`enrolments.csv:${line}`, 'person_key', row.person_key, people);
    for (const why of contradictions(row)) refusals.push(`enrolments.csv:${line}: ${why}`);
  }
  for (const { line, row } of rows.grades) {
    known(`grades.csv:${line}`, 'student_number', row.student_number, enrolments);
    known(`grades.csv:${line}`, 'term_code', row.term_code, terms);
    known(`grades.csv:${line}`, 'course_code', row.course_code, courses);
  }
  for (const { line, row } of rows.holds) {
    known(`holds.csv:${line}`, 'person_key', row.person_key, people);
    if (row.ends_on !== null && row.ends_on < row.starts_on) {
      refusals.push(`holds.csv:${line}: ends_on: lies before starts_on`);
    }
    if (row.student_number === null) continue;
    known(`holds.csv:${line}`, 'student_number', row.student_number, enrolments);
    const owner = enrolments.get(row.student_number)?.person_key;
    if (owner !== undefined && owner !== row.person_key) {
      refusals.push(`holds.csv:${line}: student_number: belongs to another person`);
    }
  }
};

const unique = <Row>(
  file: string,
  rows: readonly Located<Row>[],
  key: (row: Row) => string | null,
  refusals: string[],
): Map<string, Row> => {
  const seen = new Map<string, Row>();
  for (const { line, row } of rows) {
    const value = key(row);
    if (value === null) continue;
    if (seen.has(value)) refusals.push(`${file}.csv:${line}: ${value} appears twice`);
    seen.set(value, row);
  }
  return seen;
};

/** ISO dates compare as text. */
const contradictions = (row: RegisterRows['enrolments'][number]['row']): string[] => {
  const found: string[] = [];
  if ((row.status === 'enrolled') !== (row.left_on === null)) found.push('left_on: contradicts the status');
  if (row.left_on !== null && row.left_on < row.admission_date) found.push('left_on: lies before admission');
  if (row.expected_graduation_date !== null && row.expected_graduation_date < row.admission_date) {
    found.push('expected_graduation_date: lies before admission');
  }
  if ((row.leave_from === null) !== (row.leave_until === null))
    found.push('leave_until: a leave needs both days');
  if (row.leave_from !== null && row.leave_until !== null && row.leave_until < row.leave_from) {
    found.push('leave_until: lies before leave_from');
  }
  return found;
};
