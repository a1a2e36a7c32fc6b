import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { RegisterFileName } from './register-columns.ts';

/**
 * How a file lies in the tables. `current` gives the rows there are in the file's own columns; `upsert` takes rows
 * from `incoming`, `remove` takes keys from `doomed`, both temporary tables named for the file. `complete` says which
 * of the rows there are a file speaks for: those it no longer names are taken away; null: it takes nothing away.
 */
export type RegisterTable = {
  readonly current: RawBuilder<unknown>;
  readonly upsert: RawBuilder<unknown>;
  readonly remove: RawBuilder<unknown>;
  readonly complete: 'everything' | 'student_number' | 'person_key' | null;
};

const BY_STUDENT = sql`join enrolment e on e.student_number = i.student_number`;
const BY_PERSON = sql`join person p on p.register_key = i.person_key`;

export const REGISTER_TABLES: Readonly<Record<RegisterFileName, RegisterTable>> = {
  people: {
    complete: null,
    current: sql`select register_key as person_key, principal_name, name_ja, nullif(name_kana, '') as name_kana,
      name_roman, birth_date from person`,
    upsert: sql`
      insert into person (register_key, principal_name, name_ja, name_kana, name_roman, birth_date)
      select person_key, principal_name, name_ja, coalesce(name_kana, ''), name_roman, birth_date from incoming i
      on conflict (register_key) do update set (principal_name, name_ja, name_kana, name_roman, birth_date)
        = (excluded.principal_name, excluded.name_ja, excluded.name_kana, excluded.name_roman, excluded.birth_date)`,
    remove: sql`delete from person using doomed i where register_key = i.person_key`,
  },
  enrolments: {
    complete: null,
    current: sql`select e.student_number, p.register_key as person_key, e.faculty, e.programme, e.level, e.category,
      e.status, e.year_of_study, e.admission_date, e.expected_graduation_date, e.left_on, e.leave_from, e.leave_until,
      e.certified_from, e.requirements_met_on from enrolment e join person p on p.id = e.person_id`,
    upsert: sql`
      insert into enrolment (person_id, student_number, faculty, programme, level, category, status, year_of_study,
        admission_date, expected_graduation_date, left_on, leave_from, leave_until, certified_from,
        requirements_met_on)
      select p.id, i.student_number, i.faculty, i.programme, i.level, i.category, i.status, i.year_of_study,
        i.admission_date, i.expected_graduation_date, i.left_on, i.leave_from, i.leave_until, i.certified_from,
        i.requirements_met_on
      from incoming i ${BY_PERSON}
      on conflict (student_number) do update set (faculty, programme, level, category, status, year_of_study,
        admission_date, expected_graduation_date, left_on, leave_from, leave_until, certified_from,
        requirements_met_on)
        = (excluded.faculty, excluded.programme, excluded.level, excluded.category, excluded.status,
          excluded.year_of_study, excluded.admission_date, excluded.expected_graduation_date, excluded.left_on,
          excluded.leave_from, excluded.leave_until, excluded.certified_from, excluded.requirements_met_on)`,
    remove: sql`delete from enrolment e using doomed i where e.student_number = i.student_number`,
  },
  terms: {
    complete: null,
    current: sql`select code, academic_year, name_ja, name_en, starts_on, ends_on, grades_released_at from term`,
    upsert: sql`
      insert into term (code, academic_year, name_ja, name_en, starts_on, ends_on, grades_released_at)
      select code, academic_year, name_ja, name_en, starts_on, ends_on, grades_released_at from incoming
      on conflict (code) do update set (academic_year, name_ja, name_en, starts_on, ends_on, grades_released_at)
        = (excluded.academic_year, excluded.name_ja, excluded.name_en, excluded.starts_on, excluded.ends_on,
          excluded.grades_released_at)`,
    remove: sql`delete from term using doomed i where term.code = i.code`,
  },
  courses: {
    complete: null,
    current: sql`select code, title_ja, title_en, credits, category_ja, category_en from course`,
    upsert: sql`
      insert into course (code, title_ja, title_en, credits, category_ja, category_en)
      select code, title_ja, title_en, credits, category_ja, category_en from incoming
      on conflict (code) do update set (title_ja, title_en, credits, category_ja, category_en)
        = (excluded.title_ja, excluded.title_en, excluded.credits, excluded.category_ja, excluded.category_en)`,
    remove: sql`delete from course using doomed i where course.code = i.code`,
  },
  degrees: {
    complete: 'student_number',
    current: sql`select e.student_number, d.name_ja, d.name_en, d.field_ja, d.field_en, d.conferred_on,
      d.diploma_number from degree d join enrolment e on e.id = d.enrolment_id`,
    upsert: sql`
      insert into degree (enrolment_id, name_ja, name_en, field_ja, field_en, conferred_on, diploma_number)
      select e.id, i.name_ja, i.name_en, i.field_ja, i.field_en, i.conferred_on, i.diploma_number
      from incoming i ${BY_STUDENT}
      on conflict (enrolment_id) do update
        set (name_ja, name_en, field_ja, field_en, conferred_on, diploma_number)
        = (excluded.name_ja, excluded.name_en, excluded.field_ja, excluded.field_en, excluded.conferred_on,
          excluded.diploma_number)`,
    remove: sql`delete from degree d using doomed i ${BY_STUDENT} where d.enrolment_id = e.id`,
  },
  'student-cards': {
    complete: 'student_number',
    current: sql`select e.student_number, c.card_number, c.issued_on, c.expires_on
      from student_card c join enrolment e on e.id = c.enrolment_id`,
    upsert: sql`
      insert into student_card (enrolment_id, card_number, issued_on, expires_on)
      select e.id, i.card_number, i.issued_on, i.expires_on from incoming i ${BY_STUDENT}
      on conflict (enrolment_id) do update set (card_number, issued_on, expires_on)
        = (excluded.card_number, excluded.issued_on, excluded.expires_on)`,
    remove: sql`delete from student_card c using doomed i ${BY_STUDENT} where c.enrolment_id = e.id`,
  },
  registrations: {
    complete: 'student_number',
    current: sql`select e.student_number, r.term_code, r.course_code
      from course_registration r join enrolment e on e.id = r.enrolment_id`,
    upsert: sql`
      insert into course_registration (enrolment_id, term_code, course_code)
      select e.id, i.term_code, i.course_code from incoming i ${BY_STUDENT}
      on conflict do nothing`,
    remove: sql`delete from course_registration r using doomed i ${BY_STUDENT}
      where (r.enrolment_id, r.term_code, r.course_code) = (e.id, i.term_code, i.course_code)`,
  },
  grades: {
    complete: 'student_number',
    current: sql`select e.student_number, g.term_code, g.course_code, g.grade, g.grade_point
      from grade g join enrolment e on e.id = g.enrolment_id`,
    upsert: sql`
      insert into grade (enrolment_id, term_code, course_code, grade, grade_point)
      select e.id, i.term_code, i.course_code, i.grade, i.grade_point from incoming i ${BY_STUDENT}
      on conflict (enrolment_id, term_code, course_code) do update
        set (grade, grade_point) = (excluded.grade, excluded.grade_point)`,
    remove: sql`delete from grade g using doomed i ${BY_STUDENT}
      where (g.enrolment_id, g.term_code, g.course_code) = (e.id, i.term_code, i.course_code)`,
  },
  holds: {
    complete: 'everything',
    current: sql`select h.register_key as hold_key, p.register_key as person_key, e.student_number, h.reason,
      h.starts_on, h.ends_on
      from hold h join person p on p.id = h.person_id left join enrolment e on e.id = h.enrolment_id`,
    upsert: sql`
      insert into hold (register_key, person_id, enrolment_id, reason, starts_on, ends_on)
      select i.hold_key, p.id, e.id, i.reason, i.starts_on, i.ends_on
      from incoming i ${BY_PERSON} left join enrolment e on e.student_number = i.student_number
      on conflict (register_key) do update set (person_id, enrolment_id, reason, starts_on, ends_on)
        = (excluded.person_id, excluded.enrolment_id, excluded.reason, excluded.starts_on, excluded.ends_on)`,
    remove: sql`delete from hold using doomed i where register_key = i.hold_key`,
  },
  'health-checks': {
    complete: 'person_key',
    current: sql`select p.register_key as person_key, h.examined_on, h.released_on, h.physician_ja, h.physician_en,
      h.english_form from health_examination h join person p on p.id = h.person_id`,
    upsert: sql`
      insert into health_examination (person_id, examined_on, released_on, physician_ja, physician_en, english_form)
      select p.id, i.examined_on, i.released_on, i.physician_ja, i.physician_en, i.english_form
      from incoming i ${BY_PERSON}
      on conflict (person_id, examined_on) do update set (released_on, physician_ja, physician_en, english_form)
        = (excluded.released_on, excluded.physician_ja, excluded.physician_en, excluded.english_form)`,
    remove: sql`delete from health_examination h using doomed i ${BY_PERSON}
      where (h.person_id, h.examined_on) = (p.id, i.examined_on)`,
  },
  'health-findings': {
    complete: 'person_key',
    current: sql`select p.register_key as person_key, f.examined_on, f.position, f.item_ja, f.item_en, f.result_ja,
      f.result_en from health_finding f join person p on p.id = f.person_id`,
    upsert: sql`
      insert into health_finding (person_id, examined_on, position, item_ja, item_en, result_ja, result_en)
      select p.id, i.examined_on, i.position, i.item_ja, i.item_en, i.result_ja, i.result_en
      from incoming i ${BY_PERSON}
      on conflict (person_id, examined_on, position) do update set (item_ja, item_en, result_ja, result_en)
        = (excluded.item_ja, excluded.item_en, excluded.result_ja, excluded.result_en)`,
    remove: sql`delete from health_finding f using doomed i ${BY_PERSON}
      where (f.person_id, f.examined_on, f.position) = (p.id, i.examined_on, i.position)`,
  },
};
