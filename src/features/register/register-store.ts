import { sql } from 'kysely';
import { AkashiError } from '#domain/error.ts';
import type { Enrolment, Hold, PersonRecord, PersonRegister } from '#domain/person/person.ts';
import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { FactsRow } from './facts-store.ts';
import { factsColumns, factsOf } from './facts-store.ts';
import { dateOrNull } from './json-dates.ts';

type CampusIdentity = { readonly studentNumbers: readonly string[]; readonly eppn: string };

const selectByIdentity = prepare(
  (_, { studentNumbers, eppn }: CampusIdentity) => sql<{ id: string }>`
    select id from person where principal_name = ${eppn}
    union
    select person_id from enrolment where student_number = any(${studentNumbers}::text[])`,
);

/**
 * The person behind a campus identity, or null. The principal name decides where the register knows it; otherwise the
 * student numbers, if all that are known belong to one person. Where name and numbers name different people the
 * answer is null: no one is guessed.
 */
export const findPersonByPrincipal = async (
  db: Database,
  identity: CampusIdentity,
): Promise<{ personId: string } | null> => {
  const rows = await selectByIdentity.all(db, identity);
  const [only] = rows;
  return rows.length === 1 && only !== undefined ? { personId: only.id } : null;
};

type EnrolmentRow = Pick<
  Enrolment,
  'id' | 'faculty' | 'programme' | 'level' | 'category' | 'status' | 'yearOfStudy' | 'studentNumber'
> & {
  admission_date: string;
  expected_graduation_date: string | null;
  left_on: string | null;
  leave_from: string | null;
  leave_until: string | null;
};

type RegisterRow = {
  id: string;
  name_ja: string;
  name_kana: string;
  name_roman: string | null;
  birth_date: Temporal.PlainDate;
  enrolments: readonly EnrolmentRow[] | null;
  holds:
    | readonly (Pick<Hold, 'id' | 'enrolmentId' | 'reason'> & {
        starts_on: string;
        ends_on: string | null;
      })[]
    | null;
};

const registerColumns = sql`
  p.id, p.name_ja, p.name_kana, p.name_roman, p.birth_date,
  (select json_agg(e order by e.admission_date desc, e."studentNumber") from (
    select id, student_number as "studentNumber", faculty, programme, level, category, status,
      year_of_study as "yearOfStudy", admission_date, expected_graduation_date, left_on, leave_from, leave_until
    from enrolment where person_id = p.id) e) as enrolments,
  (select json_agg(h order by h.starts_on) from (
    select id, enrolment_id as "enrolmentId", reason, starts_on, ends_on from hold where person_id = p.id) h) as holds`;

const registerOf = (row: RegisterRow): PersonRegister => ({
  person: {
    id: row.id,
    nameJa: row.name_ja,
    nameKana: row.name_kana,
    nameRoman: row.name_roman,
    birthDate: row.birth_date,
  },
  enrolments: (row.enrolments ?? []).map(
    ({ admission_date, expected_graduation_date, left_on, leave_from, leave_until, ...rest }) => ({
      ...rest,
      personId: row.id,
      admissionDate: Temporal.PlainDate.from(admission_date),
      expectedGraduationDate: dateOrNull(expected_graduation_date),
      leftOn: dateOrNull(left_on),
      leave:
        leave_from === null || leave_until === null
          ? null
          : { from: Temporal.PlainDate.from(leave_from), until: Temporal.PlainDate.from(leave_until) },
    }),
  ),
  holds: (row.holds ?? []).map(({ starts_on, ends_on, ...rest }) => ({
    ...rest,
    from: Temporal.PlainDate.from(starts_on),
    until: dateOrNull(ends_on),
  })),
});

const known = <Row>(row: Row | undefined): Row => {
  if (row === undefined) throw new AkashiError('not-found', { what: 'person' });
  return row;
};

type ById = { readonly personId: string };
const selectRegister = prepare(
  (_, { personId }: ById) =>
    sql<RegisterRow>`select ${registerColumns} from person p where p.id = ${personId}`,
);
const selectRecord = prepare(
  (_, { personId, now }: ById & { readonly now: Temporal.Instant }) => sql<RegisterRow & FactsRow>`
    select ${registerColumns}, ${factsColumns(now)} from person p where p.id = ${personId}`,
);

/** The person with all enrolments (newest first) and holds; throws `not-found` for an unknown id. */
export const readPersonRegister = async (db: Database, personId: string): Promise<PersonRegister> =>
  registerOf(known(await selectRegister.first(db, { personId })));

/** All of that and the facts at `now`, from one look at the register; throws `not-found` for an unknown id. */
export const readPersonRecord = async (
  db: Database,
  personId: string,
  now: Temporal.Instant,
): Promise<PersonRecord> => {
  const row = known(await selectRecord.first(db, { personId, now }));
  return { ...registerOf(row), facts: factsOf(row, now) };
};
