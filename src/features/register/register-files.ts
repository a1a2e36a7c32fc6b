import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  ENROLMENT_LEVELS,
  ENROLMENT_STATUSES,
  HOLD_REASONS,
  STUDENT_CATEGORIES,
} from '#domain/person/person.ts';
import { parseCsv } from './parse-csv.ts';

const required = z.string().min(1, 'must not be empty');
const optional = z.string().transform((value) => (value === '' ? null : value));
const date = z.iso.date('not a date such as 2026-04-01');
const optionalDate = z.union([z.literal('').transform(() => null), date], 'not a date such as 2026-04-01');
const decimal = z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, 'not a number');
const optionalDecimal = z.union([z.literal('').transform(() => null), decimal], 'not a number');
const instant = z.iso.datetime({ offset: true, error: 'not a time with its zone' });
const year = z.string().regex(/^\d{4}$/, 'not a year');

/** The columns of each file; a header names them in any order. */
export const REGISTER_SCHEMAS = {
  people: z.object({
    person_key: required,
    principal_name: z.union(
      [z.literal('').transform(() => null), z.string().regex(/^[^@\s]+@[^@\s]+$/)],
      'not a name with its scope',
    ),
    name_ja: required,
    name_kana: z.string(),
    name_roman: optional,
    birth_date: date,
  }),
  enrolments: z.object({
    student_number: required,
    person_key: required,
    faculty: required,
    programme: required,
    level: z.enum(ENROLMENT_LEVELS),
    category: z.enum(STUDENT_CATEGORIES),
    status: z.enum(ENROLMENT_STATUSES),
    year_of_study: z.string().regex(/^([1-9]|1[0-2])$/, 'not a year of study from 1 to 12'),
    admission_date: date,
    expected_graduation_date: optionalDate,
    left_on: optionalDate,
    leave_from: optionalDate,
    leave_until: optionalDate,
  }),
  terms: z.object({
    code: required,
    academic_year: year,
    name_ja: required,
    name_en: required,
    starts_on: date,
    ends_on: date,
    grades_released_at: instant,
  }),
  courses: z.object({ code: required, title_ja: required, title_en: required, credits: decimal }),
  grades: z.object({
    student_number: required,
    term_code: required,
    course_code: required,
    grade: required,
    grade_point: optionalDecimal,
  }),
  holds: z.object({
    hold_key: required,
    person_key: required,
    student_number: optional,
    reason: z.enum(HOLD_REASONS),
    starts_on: date,
    ends_on: optionalDate,
  }),
} as const;

export type RegisterFileName = keyof typeof REGISTER_SCHEMAS;
export const REGISTER_FILE_NAMES = Object.keys(REGISTER_SCHEMAS) as RegisterFileName[];

/** The bytes of each file, as the university sent them. */
export type RegisterFiles = Readonly<Record<RegisterFileName, Uint8Array>>;
export type Located<Row> = { readonly line: number; readonly row: Row };
export type RegisterRows = {
  readonly [Name in RegisterFileName]: readonly Located<z.output<(typeof REGISTER_SCHEMAS)[Name]>>[];
};

/** Reads people.csv, enrolments.csv, terms.csv, courses.csv, grades.csv and holds.csv of a folder. */
export const readRegisterFiles = async (folder: string): Promise<RegisterFiles> => {
  const read = async (name: RegisterFileName) => [name, await readFile(join(folder, `${name}.csv`))] as const;
  return Object.fromEntries(await Promise.all(REGISTER_FILE_NAMES.map(read))) as unknown as RegisterFiles;
};

/**
 * What a conversion through Shift_JIS leaves where it knew no character: the geta mark, the replacement character,
 * and in names a question mark. Such a line would print a wrong name, so it is refused, never mended.
 */
const lostCharacter = (column: string, value: string): string | null => {
  if (/[〓\uFFFD]/.test(value)) return 'a character was lost in conversion; send the file as UTF-8';
  if (column.startsWith('name_') && /[?\uFF1F]/.test(value))
    return 'a question mark in a name: a lost character';
  // Control characters are what is looked for here.
  // oxlint-disable-next-line no-control-regex
  return /[\u0000-\u001F\u007F]/.test(value) ? 'a control character' : null;
};

/** The rows of one file; each refusal is added as `file:line: column: why`. Values keep every code point. */
export const readRows = <Name extends RegisterFileName>(
  name: Name,
  bytes: Uint8Array,
  refusals: string[],
): RegisterRows[Name] => {
  const schema = REGISTER_SCHEMAS[name];
  const columns = Object.keys(schema.shape);
  const rows: Located<unknown>[] = [];
  try {
    const [header, ...body] = parseCsv(new TextDecoder('utf-8').decode(bytes));
    const places = columns.map((column) => header?.cells.indexOf(column) ?? -1);
    const missing = columns.filter((_, index) => places[index] === -1);
    if (missing.length > 0) throw new Error(`1: missing columns ${missing.join(', ')}`);
    for (const { line, cells } of body) {
      const refuse = (why: string): unknown => refusals.push(`${name}.csv:${line}: ${why}`);
      if (cells.length !== header?.cells.length) {
        refuse(`${cells.length} cells instead of ${header?.cells.length}`);
        continue;
      }
      const raw = Object.fromEntries(
        columns.map((column, index) => [column, cells[places[index] ?? -1] ?? '']),
      );
      for (const [column, value] of Object.entries(raw)) {
        const lost = lostCharacter(column, value);
        if (lost !== null) refuse(`${column}: ${lost}`);
      }
      const result = schema.safeParse(raw);
      if (result.success) rows.push({ line, row: result.data });
      else for (const issue of result.error.issues) refuse(`${String(issue.path[0])}: ${issue.message}`);
    }
  } catch (error) {
    refusals.push(`${name}.csv:${error instanceof Error ? error.message : String(error)}`);
  }
  return rows as unknown as RegisterRows[Name];
};
