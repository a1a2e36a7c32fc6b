import { AkashiError } from '#domain/error.ts';
import type {
  Enrolment,
  EnrolmentLevel,
  EnrolmentStatus,
  Hold,
  HoldReason,
  PersonRegister,
  StudentCategory,
} from '#domain/person/person.ts';
import type { Database } from '#platform/database/database.ts';

/**
 * The person behind a campus identity, or null. The principal name decides where the register knows it; otherwise the
 * student numbers, if all that are known belong to one person. Where name and numbers name different people the
 * answer is null: no one is guessed.
 */
export const findPersonByPrincipal = async (
  db: Database,
  identity: { readonly studentNumbers: readonly string[]; readonly eppn: string },
): Promise<{ personId: string } | null> => {
  const named = await db
    .selectFrom('person')
    .select('id')
    .where('principal_name', '=', identity.eppn)
    .executeTakeFirst();
  const numbered =
    identity.studentNumbers.length === 0
      ? []
      : await db
          .selectFrom('enrolment')
          .select('person_id')
          .distinct()
          .where('student_number', 'in', [...identity.studentNumbers])
          .execute();
  const people = new Set(numbered.map((row) => row.person_id));
  if (named !== undefined) people.add(named.id);
  const [personId] = people;
  return people.size === 1 && personId !== undefined ? { personId } : null;
};

/** The person with all enrolments (newest first) and holds; throws `not-found` for an unknown id. */
export const readPersonRegister = async (db: Database, personId: string): Promise<PersonRegister> => {
  const person = await db
    .selectFrom('person')
    .select(['id', 'name_ja', 'name_kana', 'name_roman', 'birth_date'])
    .where('id', '=', personId)
    .executeTakeFirst();
  if (person === undefined) throw new AkashiError('not-found', { what: 'person' });
  return {
    person: {
      id: person.id,
      nameJa: person.name_ja,
      nameKana: person.name_kana,
      nameRoman: person.name_roman,
      birthDate: person.birth_date,
    },
    enrolments: await listEnrolments(db, personId),
    holds: await listHolds(db, personId),
  };
};

const listEnrolments = async (db: Database, personId: string): Promise<Enrolment[]> => {
  const rows = await db
    .selectFrom('enrolment')
    .select(['id', 'student_number', 'faculty', 'programme', 'level', 'category', 'status', 'year_of_study'])
    .select(['admission_date', 'expected_graduation_date', 'left_on', 'leave_from', 'leave_until'])
    .where('person_id', '=', personId)
    .orderBy('admission_date', 'desc')
    .orderBy('student_number')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    personId,
    studentNumber: row.student_number,
    faculty: row.faculty,
    programme: row.programme,
    // The check constraints of the table permit these values only.
    level: row.level as EnrolmentLevel,
    category: row.category as StudentCategory,
    status: row.status as EnrolmentStatus,
    yearOfStudy: row.year_of_study,
    admissionDate: row.admission_date,
    expectedGraduationDate: row.expected_graduation_date,
    leftOn: row.left_on,
    leave:
      row.leave_from === null || row.leave_until === null
        ? null
        : { from: row.leave_from, until: row.leave_until },
  }));
};

const listHolds = async (db: Database, personId: string): Promise<Hold[]> => {
  const rows = await db
    .selectFrom('hold')
    .select(['id', 'enrolment_id', 'reason', 'starts_on', 'ends_on'])
    .where('person_id', '=', personId)
    .orderBy('starts_on')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    enrolmentId: row.enrolment_id,
    reason: row.reason as HoldReason,
    from: row.starts_on,
    until: row.ends_on,
  }));
};
