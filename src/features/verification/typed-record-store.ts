import { sql } from 'kysely';
import type { TypedRecord } from '#domain/seal/typed-record.ts';
import type { Database } from '#platform/database/database.ts';
import { forgettableAtOnce, write } from '#platform/database/database.ts';

export type PlacedRecord = TypedRecord & {
  readonly serial: string;
  readonly impression: number;
  readonly page: number;
};

/** Keeps records; one that is there already stays. The job does it again where a fallen server forgot it. */
export const keepRecords = async (db: Database, records: readonly PlacedRecord[]): Promise<void> => {
  if (records.length === 0) return;
  const rows = records.map(({ serial, impression, page, id, sealed }) => ({
    serial,
    impression,
    page,
    id: Buffer.from(id, 'base64'),
    sealed: Buffer.from(sealed, 'base64'),
  }));
  const insert = db
    .insertInto('typed_record')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing());
  await forgettableAtOnce(db, (tx) => write(tx, insert));
};

/** The records of serials that begin with `prefix` (letters without dashes), at most `limit`. */
export const readBucket = async (db: Database, prefix: string, limit: number): Promise<TypedRecord[]> => {
  const rows = await db
    .selectFrom('typed_record')
    .select(['id', 'sealed'])
    .where(sql<boolean>`replace(serial, '-', '') like ${`${prefix}%`}`)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, sealed }) => ({ id: id.toString('base64'), sealed: sealed.toString('base64') }));
};

/** About how many records there are, by the database's own estimate: nothing is counted. */
export const estimateRecords = async (db: Database): Promise<number> => {
  const { rows } = await sql<{ estimate: number }>`
    select greatest(reltuples, 0)::float8 as estimate from pg_class where oid = 'typed_record'::regclass`.execute(
    db,
  );
  return rows[0]?.estimate ?? 0;
};
