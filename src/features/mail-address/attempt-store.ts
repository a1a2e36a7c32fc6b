import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

/** Waits until no other transaction counts attempts of this key. */
export const lockAttempts = async (tx: Database, key: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 8))`.execute(tx);
};

/** The oldest of the last `most` attempts since an instant, when there are that many: waiting for it frees a place. */
export const earliestOf = async (
  tx: Database,
  { kind, key, since, most }: { kind: string; key: string; since: Temporal.Instant; most: number },
): Promise<Temporal.Instant | undefined> => {
  const row = await tx
    .selectFrom('attempt')
    .select('at')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .offset(most - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.at;
};

export const addAttempt = async (
  tx: Database,
  attempt: { kind: string; key: string; at: Temporal.Instant },
): Promise<void> => {
  await tx.insertInto('attempt').values(attempt).execute();
};

/** Erases attempts counted before an instant; returns how many. */
export const eraseOldAttempts = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const gone = await db.deleteFrom('attempt').where('at', '<', before).executeTakeFirst();
  return Number(gone.numDeletedRows);
};
