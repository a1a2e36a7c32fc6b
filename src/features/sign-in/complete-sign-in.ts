import { AkashiError } from '#domain/error.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { CampusIdentity, ServiceProvider } from './begin-sign-in.ts';
import type { Session } from './session.ts';
import { createSession, endSession, upsertAccount } from './session-store.ts';
import { consumeTransaction, readTransaction, rememberAssertion } from './transaction-store.ts';

export type SignInDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly serviceProvider: ServiceProvider;
  /** The person of the register behind a campus identity, or null when it has none. */
  readonly findPerson: (identity: {
    studentNumbers: readonly string[];
    principalName: string;
  }) => Promise<{ personId: string } | null>;
};

export type SignedIn = { readonly token: string; readonly returnTo: string; readonly language: string };

/**
 * Turns a posted response into a session, once. The transaction row of this browser, the assertion's id and the new
 * session go in one database transaction, so neither a replay nor a crash can make two. Errors: `sign-in-expired`
 * (no transaction of this browser), `sign-in-failed`, `person-unknown`.
 */
export const completeSignIn = async (
  dependencies: SignInDependencies,
  posted: { response: string; token: string | undefined; userAgent: string; previous: Session | null },
): Promise<SignedIn> => {
  const { db, clock, serviceProvider, findPerson } = dependencies;
  const now = clock.now();
  const token = posted.token ?? '';
  const asked = await readTransaction(db, token, now);
  if (asked === null) throw new AkashiError('sign-in-expired');
  const { requestId, identityProvider, issuedAt, forceAuthn } = asked;
  const identity = await serviceProvider.read({
    response: posted.response,
    requestId,
    identityProvider,
    issuedAt,
    forceAuthn,
    now,
  });
  const person = await findPerson(identity);
  if (person === null) throw new AkashiError('person-unknown');
  return transaction(db, async (tx) => {
    if (!(await consumeTransaction(tx, token))) throw new AkashiError('sign-in-expired');
    if (!(await rememberAssertion(tx, identity)))
      throw new AkashiError('sign-in-failed', { refusal: 'replay' });
    const account = await upsertAccount(tx, { ...identity, language: asked.language }, now);
    refuseReassignedName(identity, account.targetedId);
    if (posted.previous !== null) await endSession(tx, posted.previous.id, now);
    const { userAgent } = posted;
    const session = await createSession(tx, {
      accountId: account.id,
      personId: person.personId,
      userAgent,
      now,
    });
    const subject = `account:${account.id}`;
    await recordEvent(tx, {
      at: now,
      type: 'session.opened',
      subject,
      actor: subject,
      data: { fresh: forceAuthn },
    });
    return { token: session, returnTo: asked.returnTo, language: account.language };
  });
};

/** A principal name given to somebody else later keeps the name but not the targeted id: that is not our person. */
const refuseReassignedName = (identity: CampusIdentity, known: string | null): void => {
  if (known !== null && identity.targetedId !== null && known !== identity.targetedId) {
    throw new AkashiError('person-unknown', { refusal: 'reassigned-name' });
  }
};
