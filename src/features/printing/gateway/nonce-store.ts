import type { Database } from '#platform/database/database.ts';
import { forgettableAtOnce } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

type Nonce = {
  readonly keyId: string;
  readonly nonce: string;
  readonly until: Temporal.Instant;
};

const remember = prepare((db, { keyId, nonce, until }: Nonce) =>
  db
    .insertInto('copier_nonce')
    .values({ key_id: keyId, nonce, expires_at: until })
    .onConflict((conflict) => conflict.doNothing())
    .returning('nonce'),
);

/** True the first time a key uses a nonce. */
export const rememberNonce = async (db: Database, given: Nonce): Promise<boolean> =>
  (await remember.first(db, given)) !== undefined;

/** The same of a request that changes something: what it changes is committed later, and never kept without its nonce. */
export const rememberNonceOfChange = (db: Database, given: Nonce): Promise<boolean> =>
  forgettableAtOnce(db, (tx) => rememberNonce(tx, given));

/** Forgets nonces that were to be remembered until an instant before `now`. */
export const forgetNonces = async (db: Database, now: Temporal.Instant): Promise<void> => {
  await db.deleteFrom('copier_nonce').where('expires_at', '<', now).execute();
};
