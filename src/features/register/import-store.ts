import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import type { RegisterRows } from './register-files.ts';

const LOCK = 7_245_202;

const json = (rows: readonly { readonly row: object }[]): string =>
  JSON.stringify(rows.map(({ row }) => row));

/** Only one import at a time; held until the transaction ends. */
export const lockRegister = async (tx: Database): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
};

/** Student numbers that the register already holds for somebody else than the file says. */
export const findReassignedNumbers = async (
  tx: Database,
  rows: RegisterRows['enrolments'],
): Promise<Set<string>> => {
  const found = await sql<{ student_number: string }>`
    select e.student_number
    from jsonb_to_recordset(${json(rows)}::jsonb) as i (student_number text, person_key text)
    join enrolment e on e.student_number = i.student_number
    join person p on p.id = e.person_id
    where p.register_key <> i.person_key`.execute(tx);
  return new Set(found.rows.map((row) => row.student_number));
};

export const upsertPeople = async (tx: Database, rows: RegisterRows['people']): Promise<void> => {
  await sql`
    insert into person (register_key, principal_name, name_ja, name_kana, name_roman, birth_date)
    select person_key, principal_name, name_ja, name_kana, name_roman, birth_date
    from jsonb_to_recordset(${json(rows)}::jsonb) as i (
      person_key text, principal_name text, name_ja text, name_kana text, name_roman text, birth_date date)
    on conflict (register_key) do update set (principal_name, name_ja, name_kana, name_roman, birth_date)
      = (excluded.principal_name, excluded.name_ja, excluded.name_kana, excluded.name_roman, excluded.birth_date)
    where (person.principal_name, person.name_ja, person.name_kana, person.name_roman, person.birth_date)
      is distinct from (excluded.principal_name, excluded.name_ja, excluded.name_kana, excluded.name_roman,
        excluded.birth_date)`.execute(tx);
};

export const upsertEnrolments = async (tx: Database, rows: RegisterRows['enrolments']): Promise<void> => {
  await sql`
    insert into enrolment (person_id, student_number, faculty, programme, level, category, status, year_of_study,
      admission_date, expected_graduation_date, left_on, leave_from, leave_until)
    select p.id, i.student_number, i.faculty, i.programme, i.level, i.category, i.status, i.year_of_study,
      i.admission_date, i.expected_graduation_date, i.left_on, i.leave_from, i.leave_until
    from jsonb_to_recordset(${json(rows)}::jsonb) as i (student_number text, person_key text, faculty text,
      programme text, level text, category text, status text, year_of_study integer, admission_date date,
      expected_graduation_date date, left_on date, leave_from date, leave_until date)
    join person p on p.register_key = i.person_key
    on conflict (student_number) do update set (faculty, programme, level, category, status, year_of_study,
      admission_date, expected_graduation_date, left_on, leave_from, leave_until)
      = (excluded.faculty, excluded.programme, excluded.level, excluded.category, excluded.status,
        excluded.year_of_study, excluded.admission_date, excluded.expected_graduation_date, excluded.left_on,
        excluded.leave_from, excluded.leave_until)`.execute(tx);
};

export const upsertTerms = async (tx: Database, rows: RegisterRows['terms']): Promise<void> => {
  await sql`
    insert into term (code, academic_year, name_ja, name_en, starts_on, ends_on, grades_released_at)
    select code, academic_year, name_ja, name_en, starts_on, ends_on, grades_released_at
    from jsonb_to_recordset(${json(rows)}::jsonb) as i (code text, academic_year integer, name_ja text, name_en text,
      starts_on date, ends_on date, grades_released_at timestamptz)
    on conflict (code) do update set (academic_year, name_ja, name_en, starts_on, ends_on, grades_released_at)
      = (excluded.academic_year, excluded.name_ja, excluded.name_en, excluded.starts_on, excluded.ends_on,
        excluded.grades_released_at)`.execute(tx);
};

export const upsertCourses = async (tx: Database, rows: RegisterRows['courses']): Promise<void> => {
  await sql`
    insert into course (code, title_ja, title_en, credits)
    select code, title_ja, title_en, credits
    from jsonb_to_recordset(${json(rows)}::jsonb) as i (code text, title_ja text, title_en text, credits numeric)
    on conflict (code) do update set (title_ja, title_en, credits)
      = (excluded.title_ja, excluded.title_en, excluded.credits)`.execute(tx);
};

/** The grades of every enrolment in the file become those of the file: what it no longer names is taken away. */
export const replaceGrades = async (tx: Database, rows: RegisterRows): Promise<void> => {
  await sql`
    create temporary table incoming_grade on commit drop as
    select e.id as enrolment_id, i.term_code, i.course_code, i.grade, i.grade_point
    from jsonb_to_recordset(${json(rows.grades)}::jsonb) as i (student_number text, term_code text, course_code text,
      grade text, grade_point numeric)
    join enrolment e on e.student_number = i.student_number`.execute(tx);
  const numbers = rows.enrolments.map(({ row }) => row.student_number);
  await sql`
    delete from grade g using enrolment e
    where e.id = g.enrolment_id and e.student_number = any(${numbers}::text[])
      and not exists (select 1 from incoming_grade i where i.enrolment_id = g.enrolment_id
        and i.term_code = g.term_code and i.course_code = g.course_code)`.execute(tx);
  await sql`
    insert into grade (enrolment_id, term_code, course_code, grade, grade_point)
    select enrolment_id, term_code, course_code, grade, grade_point from incoming_grade
    on conflict (enrolment_id, term_code, course_code) do update
      set (grade, grade_point) = (excluded.grade, excluded.grade_point)
    where (grade.grade, grade.grade_point) is distinct from (excluded.grade, excluded.grade_point)`.execute(
    tx,
  );
  await sql`drop table incoming_grade`.execute(tx);
};

/** The file names every hold there is; one that is no longer named has been lifted. */
export const replaceHolds = async (tx: Database, rows: RegisterRows['holds']): Promise<void> => {
  const keys = rows.map(({ row }) => row.hold_key);
  await sql`delete from hold where not (register_key = any(${keys}::text[]))`.execute(tx);
  await sql`
    insert into hold (register_key, person_id, enrolment_id, reason, starts_on, ends_on)
    select i.hold_key, p.id, e.id, i.reason, i.starts_on, i.ends_on
    from jsonb_to_recordset(${json(rows)}::jsonb) as i (hold_key text, person_key text, student_number text,
      reason text, starts_on date, ends_on date)
    join person p on p.register_key = i.person_key
    left join enrolment e on e.student_number = i.student_number
    on conflict (register_key) do update set (person_id, enrolment_id, reason, starts_on, ends_on)
      = (excluded.person_id, excluded.enrolment_id, excluded.reason, excluded.starts_on, excluded.ends_on)`.execute(
    tx,
  );
};

export const recordImport = async (
  tx: Database,
  entry: { at: Temporal.Instant; sha256: string; counts: object },
): Promise<void> => {
  await tx
    .insertInto('register_import')
    .values({ imported_at: entry.at, sha256: entry.sha256, counts: JSON.stringify(entry.counts) })
    .execute();
};
