import type { Database } from '#platform/database/database.ts';

export type Student = { readonly personId: string; readonly enrolmentId: string };

/** A student of the sample register who may order a certificate of enrolment. */
export const findStudent = async (db: Database): Promise<Student> => {
  const row = await db
    .selectFrom('enrolment')
    .select(['id', 'person_id'])
    .where('status', '=', 'enrolled')
    .where('category', '=', 'regular')
    .where('person_id', 'not in', db.selectFrom('hold').select('person_id'))
    .orderBy('student_number')
    .executeTakeFirstOrThrow();
  return { personId: row.person_id, enrolmentId: row.id };
};
