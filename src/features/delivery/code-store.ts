import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

export type CodeState = {
  readonly hash: Buffer | null;
  readonly until: Temporal.Instant | null;
  readonly wrong: number;
  readonly sent: number;
  readonly since: Temporal.Instant | null;
};

/** The one-time code of a sending, with its row locked. */
export const lockCode = async (tx: Database, deliveryId: string): Promise<CodeState> => {
  const row = await tx
    .selectFrom('delivery')
    .select(['code_hash', 'code_until', 'wrong_codes', 'codes_sent', 'codes_since'])
    .where('id', '=', deliveryId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return {
    hash: row.code_hash,
    until: row.code_until,
    wrong: row.wrong_codes,
    sent: row.codes_sent,
    since: row.codes_since,
  };
};

/** Whether a code was mailed that can still be entered. */
export const hasOpenCode = async (
  db: Database,
  deliveryId: string,
  now: Temporal.Instant,
): Promise<boolean> => {
  const query = db.selectFrom('delivery').select('id').where('id', '=', deliveryId);
  return (await query.where('code_until', '>', now).executeTakeFirst()) !== undefined;
};

export const saveCode = async (
  tx: Database,
  deliveryId: string,
  code: { hash: Buffer; until: Temporal.Instant; sent: number; since: Temporal.Instant },
): Promise<void> => {
  await tx
    .updateTable('delivery')
    .set({ code_hash: code.hash, code_until: code.until, wrong_codes: 0 })
    .set({ codes_sent: code.sent, codes_since: code.since })
    .where('id', '=', deliveryId)
    .execute();
};

export const countWrongCode = async (tx: Database, deliveryId: string): Promise<void> => {
  await tx
    .updateTable('delivery')
    .set({ wrong_codes: sql`wrong_codes + 1` })
    .where('id', '=', deliveryId)
    .execute();
};

/** Forgets code and grant: used up, guessed at too often, or belonging to a link that is no more. */
export const forgetCode = async (tx: Database, deliveryId: string): Promise<void> => {
  await tx
    .updateTable('delivery')
    .set({ code_hash: null, code_until: null, wrong_codes: 0, grant_hash: null, grant_until: null })
    .where('id', '=', deliveryId)
    .execute();
};

export const saveGrant = async (
  tx: Database,
  deliveryId: string,
  grant: { hash: Buffer; until: Temporal.Instant },
): Promise<void> => {
  await tx
    .updateTable('delivery')
    .set({ grant_hash: grant.hash, grant_until: grant.until })
    .where('id', '=', deliveryId)
    .execute();
};

export const holdsGrant = async (
  db: Database,
  deliveryId: string,
  hash: Buffer,
  now: Temporal.Instant,
): Promise<boolean> => {
  const query = db.selectFrom('delivery').select('id').where('id', '=', deliveryId);
  const found = await query.where('grant_hash', '=', hash).where('grant_until', '>', now).executeTakeFirst();
  return found !== undefined;
};
