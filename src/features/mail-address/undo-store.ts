import type { Database } from '#platform/database/database.ts';

export const insertUndo = async (
  tx: Database,
  undo: {
    requestId: string;
    accountId: string;
    oldAddress: string;
    newAddress: string;
    tokenHash: Buffer;
    expiresAt: Temporal.Instant;
  },
): Promise<void> => {
  await tx
    .insertInto('mail_address_undo')
    .values({
      request_id: undo.requestId,
      account_id: undo.accountId,
      old_address: undo.oldAddress,
      new_address: undo.newAddress,
      token_hash: undo.tokenHash,
      expires_at: undo.expiresAt,
    })
    .execute();
};

/** Uses an undo link up, once, within its time; null when it is unknown, used or lapsed. */
export const useUndo = (
  tx: Database,
  tokenHash: Buffer,
  now: Temporal.Instant,
): Promise<{ account_id: string; old_address: string; new_address: string } | undefined> =>
  tx
    .updateTable('mail_address_undo')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['account_id', 'old_address', 'new_address'])
    .executeTakeFirst();

export const undoByToken = (
  db: Database,
  tokenHash: Buffer,
): Promise<
  { old_address: string; expires_at: Temporal.Instant; used_at: Temporal.Instant | null } | undefined
> =>
  db
    .selectFrom('mail_address_undo')
    .select(['old_address', 'expires_at', 'used_at'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();

/** True while a change may still be undone: what is delivered meanwhile is marked in the audit log. */
export const hasOpenUndo = async (
  db: Database,
  accountId: string,
  now: Temporal.Instant,
): Promise<boolean> => {
  const row = await db
    .selectFrom('mail_address_undo')
    .select('id')
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};
