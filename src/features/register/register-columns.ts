import {
  ENROLMENT_LEVELS,
  ENROLMENT_STATUSES,
  HOLD_REASONS,
  STUDENT_CATEGORIES,
} from '#domain/person/person.ts';

/**
 * One column of a file: `problem` says what is wrong with a text that is not empty, or null; `type` is PostgreSQL's.
 * Hand-written checks read 95,000 grades four times as fast as a schema library did.
 */
export type Column = {
  readonly type: 'text' | 'date' | 'integer' | 'numeric' | 'timestamptz' | 'boolean';
  readonly nullable: boolean;
  /** A file may leave the whole column out. */
  readonly mayBeMissing: boolean;
  readonly problem: (text: string) => string | null;
};

type Required = Column & { readonly nullable: false };
type Optional = Column & { readonly nullable: true };
type Check = (text: string) => string | null;
const anything: Check = () => null;
const matching =
  (pattern: RegExp, problem: string): Check =>
  (text) =>
    pattern.test(text) ? null : problem;
const oneOf =
  (values: readonly string[]): Check =>
  (text) =>
    values.includes(text) ? null : `not one of ${values.join(', ')}`;

const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
};
const date: Check = (text) => (isDate(text) ? null : 'not a date such as 2026-04-01');
const instant: Check = (text) => {
  const [day = '', time = ''] = text.split('T');
  const zoned = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(time);
  return isDate(day) && zoned ? null : 'not a time with its zone, such as 2027-03-24T10:00:00+09:00';
};

type Type = Column['type'];
const required = (type: Type = 'text', problem: Check = anything): Required => ({
  type,
  nullable: false,
  mayBeMissing: false,
  problem,
});
const optional = (type: Type = 'text', problem: Check = anything): Optional => ({
  type,
  nullable: true,
  mayBeMissing: false,
  problem,
});
const added = (type: Type = 'text', problem: Check = anything): Optional => ({
  ...optional(type, problem),
  mayBeMissing: true,
});

const credits = matching(/^\d{1,3}(\.[05])?$/, 'not credits in half-steps, such as 2 or 1.5');
const gradePoint = matching(/^\d(\.\d{1,2})?$/, 'not a grade point from 0 to 9.99');

/** The columns of each file, parents before what points at them; a header names them in any order. */
export const REGISTER_COLUMNS = {
  people: {
    person_key: required(),
    principal_name: optional('text', matching(/^[^@\s]+@[^@\s]+$/, 'not a name with its scope')),
    name_ja: required(),
    name_kana: optional(),
    name_roman: optional(),
    birth_date: required('date', date),
  },
  enrolments: {
    student_number: required(),
    person_key: required(),
    faculty: required(),
    programme: required(),
    level: required('text', oneOf(ENROLMENT_LEVELS)),
    category: required('text', oneOf(STUDENT_CATEGORIES)),
    status: required('text', oneOf(ENROLMENT_STATUSES)),
    year_of_study: required('integer', matching(/^([1-9]|1[0-2])$/, 'not a year of study from 1 to 12')),
    admission_date: required('date', date),
    expected_graduation_date: optional('date', date),
    left_on: optional('date', date),
    leave_from: optional('date', date),
    leave_until: optional('date', date),
    certified_from: added('timestamptz', instant),
    requirements_met_on: added('date', date),
  },
  terms: {
    code: required(),
    academic_year: required('integer', matching(/^(19|20|21)\d\d$/, 'not a year')),
    name_ja: required(),
    name_en: required(),
    starts_on: required('date', date),
    ends_on: required('date', date),
    grades_released_at: required('timestamptz', instant),
  },
  courses: {
    code: required(),
    title_ja: required(),
    title_en: required(),
    credits: required('numeric', credits),
    category_ja: added(),
    category_en: added(),
  },
  degrees: {
    student_number: required(),
    name_ja: required(),
    name_en: required(),
    field_ja: optional(),
    field_en: optional(),
    conferred_on: required('date', date),
    diploma_number: optional(),
  },
  'student-cards': {
    student_number: required(),
    card_number: required(),
    issued_on: required('date', date),
    expires_on: required('date', date),
  },
  registrations: { student_number: required(), term_code: required(), course_code: required() },
  grades: {
    student_number: required(),
    term_code: required(),
    course_code: required(),
    grade: required(),
    grade_point: optional('numeric', gradePoint),
  },
  holds: {
    hold_key: required(),
    person_key: required(),
    student_number: optional(),
    reason: required('text', oneOf(HOLD_REASONS)),
    starts_on: required('date', date),
    ends_on: optional('date', date),
  },
  'health-checks': {
    person_key: required(),
    examined_on: required('date', date),
    released_on: required('date', date),
    physician_ja: required(),
    physician_en: required(),
    english_form: required('boolean', oneOf(['true', 'false'])),
  },
  'health-findings': {
    person_key: required(),
    examined_on: required('date', date),
    position: required('integer', matching(/^[1-9]\d?$/, 'not a position from 1 to 99')),
    item_ja: required(),
    item_en: required(),
    result_ja: required(),
    result_en: required(),
  },
} as const satisfies Record<string, Record<string, Column>>;

export type RegisterFileName = keyof typeof REGISTER_COLUMNS;
export const REGISTER_FILE_NAMES = Object.keys(REGISTER_COLUMNS) as RegisterFileName[];

export type RegisterRow<Name extends RegisterFileName> = {
  readonly [C in keyof (typeof REGISTER_COLUMNS)[Name]]: (typeof REGISTER_COLUMNS)[Name][C] extends Required
    ? string
    : string | null;
};

/** What names a row of each file. */
export const REGISTER_KEYS = {
  people: ['person_key'],
  enrolments: ['student_number'],
  terms: ['code'],
  courses: ['code'],
  degrees: ['student_number'],
  'student-cards': ['student_number'],
  registrations: ['student_number', 'term_code', 'course_code'],
  grades: ['student_number', 'term_code', 'course_code'],
  holds: ['hold_key'],
  'health-checks': ['person_key', 'examined_on'],
  'health-findings': ['person_key', 'examined_on', 'position'],
} as const satisfies { [Name in RegisterFileName]: readonly (keyof RegisterRow<Name>)[] };
