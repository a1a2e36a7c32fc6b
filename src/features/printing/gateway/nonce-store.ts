import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

type Nonce = {
  readonly keyId: string;
  readonly nonce: string;
  readonly now: Temporal.Instant;
  readonly until: Temporal.Instant;
};

const remember = prepare((db, { keyId, nonce, now, until }: Nonce) =>
  db
    .with('forgotten', (old) => old.deleteFrom('copier_nonce').where('expires_at', '<', now))
    .insertInto('copier_nonce')
    .values({ key_id: keyId, nonce, expires_at: until })
    .onConflict((conflict) => conflict.doNothing())
    .returning('nonce'),
);

/** True the first time a key uses a nonce; nonces older than the window are forgotten on the way. */
export const rememberNonce = async (db: Database, given: Nonce): Promise<boolean> =>
  (await remember.first(db, given)) !== undefined;
