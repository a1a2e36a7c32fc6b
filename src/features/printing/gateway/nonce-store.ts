import type { Database } from '#platform/database/database.ts';

/** True the first time a key uses a nonce; nonces older than the window are forgotten on the way. */
export const rememberNonce = async (
  db: Database,
  {
    keyId,
    nonce,
    now,
    until,
  }: { keyId: string; nonce: string; now: Temporal.Instant; until: Temporal.Instant },
): Promise<boolean> => {
  const row = await db
    .with('forgotten', (old) => old.deleteFrom('copier_nonce').where('expires_at', '<', now))
    .insertInto('copier_nonce')
    .values({ key_id: keyId, nonce, expires_at: until })
    .onConflict((conflict) => conflict.doNothing())
    .returning('nonce')
    .executeTakeFirst();
  return row !== undefined;
};
