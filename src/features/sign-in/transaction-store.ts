import { sql } from 'kysely';
import { hashToken } from '#platform/crypto/token.ts';
import type { Database } from '#platform/database/database.ts';

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

export const saveTransaction = async (
  db: Database,
  token: string,
  transaction: SignInTransaction,
): Promise<void> => {
  await db
    .insertInto('sign_in_transaction')
    .values({
      token_hash: hashToken(token),
      request_id: transaction.requestId,
      identity_provider: transaction.identityProvider,
      force_authn: transaction.forceAuthn,
      authn_contexts: [...transaction.authnContexts],
      step_up_account_id: transaction.stepUpAccountId,
      session_id: transaction.sessionId,
      return_to: transaction.returnTo,
      language: transaction.language,
      issued_at: transaction.issuedAt,
    })
    .execute();
};

export const readTransaction = async (
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<SignInTransaction | null> => {
  const row = await db
    .selectFrom('sign_in_transaction')
    .select(['request_id', 'identity_provider', 'force_authn', 'authn_contexts', 'step_up_account_id'])
    .select(['session_id', 'return_to', 'language', 'issued_at'])
    .where('token_hash', '=', hashToken(token))
    .where('issued_at', '>', now.subtract(TRANSACTION_LIFE))
    .executeTakeFirst();
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

/**
 * Takes the transaction away and remembers the assertion's id, in the same transaction as the session. `gone`: somebody
 * else took it already; `replay`: the id was used before (SAML Profiles §4.1.4.5).
 */
export const consumeTransaction = async (
  tx: Database,
  token: string,
  assertion: { identityProvider: string; assertionId: string; expiresAt: Temporal.Instant },
): Promise<'consumed' | 'gone' | 'replay'> => {
  const { identityProvider, assertionId, expiresAt } = assertion;
  const { rows } = await sql<{ taken: boolean; remembered: boolean }>`
    with taken as (delete from sign_in_transaction where token_hash = ${hashToken(token)} returning token_hash),
    remembered as (
      insert into saml_assertion_seen (identity_provider, assertion_id, expires_at)
      values (${identityProvider}, ${assertionId}, ${expiresAt}) on conflict do nothing returning assertion_id
    )
    select exists (select from taken) as taken, exists (select from remembered) as remembered`.execute(tx);
  const [row] = rows;
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
