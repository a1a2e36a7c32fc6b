import { sql } from 'kysely';
import { hashToken } from '#platform/crypto/token.ts';
import type { Database } from '#platform/database/database.ts';
import { forgettableAtOnce } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

/** How long a person may take at the identity provider. */
export const TRANSACTION_LIFE = { minutes: 60 };

export type SignInTransaction = {
  readonly requestId: string;
  readonly identityProvider: string;
  readonly forceAuthn: boolean;
  readonly authnContexts: readonly string[];
  /** Only this account may come back from a step-up. */
  readonly stepUpAccountId: string | null;
  /** The session to be renewed. */
  readonly sessionId: string | null;
  readonly returnTo: string;
  readonly language: string;
  readonly issuedAt: Temporal.Instant;
};

type NewTransaction = Omit<SignInTransaction, 'authnContexts'> & {
  readonly tokenHash: Buffer;
  readonly authnContexts: string[];
};

const insert = prepare((db, given: NewTransaction) =>
  db.insertInto('sign_in_transaction').values({
    token_hash: given.tokenHash,
    request_id: given.requestId,
    identity_provider: given.identityProvider,
    force_authn: given.forceAuthn,
    authn_contexts: given.authnContexts,
    step_up_account_id: given.stepUpAccountId,
    session_id: given.sessionId,
    return_to: given.returnTo,
    language: given.language,
    issued_at: given.issuedAt,
  }),
);

/** Keeps what was asked. A person who comes back after a fallen server forgot it begins again. */
export const saveTransaction = async (
  db: Database,
  token: string,
  transaction: SignInTransaction,
): Promise<void> => {
  const authnContexts = [...transaction.authnContexts];
  const given = { ...transaction, authnContexts, tokenHash: hashToken(token) };
  await forgettableAtOnce(db, (tx) => insert.write(tx, given));
};

const select = prepare(
  (db, { tokenHash, after }: { readonly tokenHash: Buffer; readonly after: Temporal.Instant }) =>
    db
      .selectFrom('sign_in_transaction')
      .select(['request_id', 'identity_provider', 'force_authn', 'authn_contexts', 'step_up_account_id'])
      .select(['session_id', 'return_to', 'language', 'issued_at'])
      .where('token_hash', '=', tokenHash)
      .where('issued_at', '>', after),
);

export const readTransaction = async (
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<SignInTransaction | null> => {
  const row = await select.first(db, {
    tokenHash: hashToken(token),
    after: now.subtract(TRANSACTION_LIFE),
  });
  if (row === undefined) return null;
  return {
    requestId: row.request_id,
    identityProvider: row.identity_provider,
    forceAuthn: row.force_authn,
    authnContexts: row.authn_contexts,
    stepUpAccountId: row.step_up_account_id,
    sessionId: row.session_id,
    returnTo: row.return_to,
    language: row.language,
    issuedAt: row.issued_at,
  };
};

type Assertion = {
  readonly identityProvider: string;
  readonly assertionId: string;
  readonly expiresAt: Temporal.Instant;
};

const consume = prepare(
  (_, { tokenHash, identityProvider, assertionId, expiresAt }: Assertion & { readonly tokenHash: Buffer }) =>
    sql<{ taken: boolean; remembered: boolean }>`
    with taken as (delete from sign_in_transaction where token_hash = ${tokenHash} returning token_hash),
    remembered as (
      insert into saml_assertion_seen (identity_provider, assertion_id, expires_at)
      values (${identityProvider}, ${assertionId}, ${expiresAt}) on conflict do nothing returning assertion_id
    )
    select exists (select from taken) as taken, exists (select from remembered) as remembered`,
);

/**
 * Takes the transaction away and remembers the assertion's id, in the same transaction as the session. `gone`: somebody
 * else took it already; `replay`: the id was used before (SAML Profiles §4.1.4.5).
 */
export const consumeTransaction = async (
  tx: Database,
  token: string,
  { identityProvider, assertionId, expiresAt }: Assertion,
): Promise<'consumed' | 'gone' | 'replay'> => {
  const tokenHash = hashToken(token);
  const row = await consume.first(tx, { tokenHash, identityProvider, assertionId, expiresAt });
  if (row?.taken !== true) return 'gone';
  return row.remembered ? 'consumed' : 'replay';
};

export const sweepSignIn = async (db: Database, now: Temporal.Instant): Promise<void> => {
  await db
    .deleteFrom('sign_in_transaction')
    .where('issued_at', '<', now.subtract(TRANSACTION_LIFE))
    .execute();
  await db.deleteFrom('saml_assertion_seen').where('expires_at', '<', now).execute();
};
