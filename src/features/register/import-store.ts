import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import type { OpenReference } from './check-register.ts';
import { REGISTER_FILE_NAMES } from './register-columns.ts';
import { REGISTER_TABLES } from './register-tables.ts';

const LOCK = 7_245_202;

/** Only one import at a time; held until the transaction ends. */
export const lockRegister = async (tx: Database): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
};

export const isRegisterEmpty = async (tx: Database): Promise<boolean> => {
  const any = await sql<{ any: boolean }>`
    select exists (select from person) or exists (select from term) or exists (select from course) as any`.execute(
    tx,
  );
  return any.rows[0]?.any === false;
};

const KEY_IN_REGISTER: Readonly<Record<OpenReference['target'], RawBuilder<unknown>>> = {
  people: sql`select register_key from person`,
  enrolments: sql`select student_number from enrolment`,
  terms: sql`select code from term`,
  courses: sql`select code from course`,
};

/** Those of the references that the register cannot resolve either. */
export const findUnknown = async (
  tx: Database,
  references: readonly OpenReference[],
): Promise<OpenReference[]> => {
  const unknown: OpenReference[] = [];
  for (const [target, known] of Object.entries(KEY_IN_REGISTER)) {
    const own = references.filter((reference) => reference.target === target);
    if (own.length === 0) continue;
    const keys = [...new Set(own.map(({ key }) => key))];
    const missing = await sql<{ key: string }>`
      select key from unnest(${keys}::text[]) as wanted (key) where key not in (${known})`.execute(tx);
    const set = new Set(missing.rows.map(({ key }) => key));
    unknown.push(...own.filter(({ key }) => set.has(key)));
  }
  return unknown;
};

/** Takes every row of the register away, children first. */
export const emptyRegister = async (tx: Database): Promise<void> => {
  for (const name of REGISTER_FILE_NAMES.toReversed()) {
    const { current, remove } = REGISTER_TABLES[name];
    await sql`with doomed as materialized (${current}) ${remove}`.execute(tx);
  }
};

/** Begins an import; what the one before it changed can no longer be undone. */
export const recordImport = async (
  tx: Database,
  entry: { at: Temporal.Instant; sha256: string; counts: object; whole: boolean },
): Promise<string> => {
  await tx.deleteFrom('register_change').execute();
  const row = await tx
    .insertInto('register_import')
    .values({
      imported_at: entry.at,
      sha256: entry.sha256,
      counts: JSON.stringify(entry.counts),
      whole: entry.whole,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
};

export type LastImport = {
  readonly id: string;
  readonly importedAt: Temporal.Instant;
  readonly whole: boolean;
  readonly undone: boolean;
};

export const findLastImport = async (tx: Database): Promise<LastImport | null> => {
  const row = await tx
    .selectFrom('register_import')
    .select(['id', 'imported_at', 'whole', 'undone_at'])
    .orderBy('imported_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { id: row.id, importedAt: row.imported_at, whole: row.whole, undone: row.undone_at !== null };
};

/** The people whom undoing an import would take away. */
export const listPeopleAdded = async (tx: Database, last: LastImport): Promise<string[]> => {
  const added = last.whole
    ? sql<{ id: string }>`select id from person`
    : sql<{ id: string }>`
        select p.id from person p join register_change c on c.key ->> 'person_key' = p.register_key
        where c.import_id = ${last.id} and c.file = 'people' and c.kind = 'added'
        union select e.person_id from enrolment e join register_change c on c.key ->> 'student_number' = e.student_number
        where c.import_id = ${last.id} and c.file = 'enrolments' and c.kind = 'added'`;
  return (await added.execute(tx)).rows.map(({ id }) => id);
};

export const markUndone = async (
  tx: Database,
  importId: string,
  entry: { at: Temporal.Instant; by: string; reason: string },
): Promise<void> => {
  await tx
    .updateTable('register_import')
    .set({ undone_at: entry.at, undone_by: entry.by, undo_reason: entry.reason })
    .where('id', '=', importId)
    .execute();
  await tx.deleteFrom('register_change').where('import_id', '=', importId).execute();
};
