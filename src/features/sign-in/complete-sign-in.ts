import { AkashiError } from '#domain/error.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { mailState, queueMail } from '#platform/mail/outbox.ts';
import { findAccount, lastPersonOf, upsertAccount } from './account-store.ts';
import type { CampusIdentity, ServiceProvider } from './begin-sign-in.ts';
import { reassignedNameMail } from './mails/reassigned-name.ts';
import type { Session } from './session-store.ts';
import { createSession, endSession } from './session-store.ts';
import type { SignInTransaction } from './transaction-store.ts';
import { consumeTransaction, readTransaction } from './transaction-store.ts';

export type SignInDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly serviceProvider: ServiceProvider;
  /** The person of the register behind a campus identity, or null when it has none. */
  readonly findPerson: (
    db: Database,
    identity: { studentNumbers: readonly string[]; principalName: string },
  ) => Promise<{ personId: string } | null>;
  /** Where the office reads of what it must look at; null: only the audit trail says it. */
  readonly officeMail: string | null;
};

export type SignedIn = { readonly token: string; readonly returnTo: string; readonly language: string };

type Posted = {
  readonly response: string;
  readonly token: string | undefined;
  readonly userAgent: string;
  readonly previous: Session | null;
};

/**
 * Turns a posted response into a session, once. The transaction row of this browser, the assertion's id and the new
 * session go in one database transaction, so neither a replay nor a crash can make two. Errors: `sign-in-expired`
 * (no transaction of this browser), those of `codeOfRefusal`, `person-unknown`, `another-person`, `name-reassigned`.
 */
export const completeSignIn = async (dependencies: SignInDependencies, posted: Posted): Promise<SignedIn> => {
  const { db, clock, serviceProvider, findPerson } = dependencies;
  const now = clock.now();
  const token = posted.token ?? '';
  const asked = await readTransaction(db, token, now);
  if (asked === null) throw new AkashiError('sign-in-expired');
  const identity = await serviceProvider.read({ ...asked, response: posted.response, now });
  const result = await transaction(db, async (tx) => {
    // Asked together, carried out one after the other: the last person is known of a locked account.
    const [person, consumed, known, lastPersonId] = await Promise.all([
      findPerson(tx, identity),
      consumeTransaction(tx, token, identity),
      findAccount(tx, identity),
      lastPersonOf(tx, identity),
    ]);
    if (person === null) throw new AkashiError('person-unknown');
    if (consumed === 'gone') throw new AkashiError('sign-in-expired');
    if (consumed === 'replay') throw new AkashiError('sign-in-expired', { refusal: 'replay' });
    // Committed, not thrown: the office must hear of it.
    if (known !== null && isSomebodyElse({ ...known, lastPersonId }, identity, person.personId)) {
      await reportReassignedName(tx, dependencies, known.id, identity);
      return null;
    }
    const account = await upsertAccount(tx, { ...identity, language: asked.language }, now);
    if (asked.stepUpAccountId !== null && asked.stepUpAccountId !== account.id)
      throw new AkashiError('another-person');
    return openSession(tx, { account, asked, identity, personId: person.personId, posted, now });
  });
  if (result === null) throw new AkashiError('name-reassigned');
  return result;
};

/** A new session under a new id, in place of the one this browser had and in its line. */
const openSession = async (
  tx: Database,
  facts: {
    readonly account: { readonly id: string; readonly language: string };
    readonly asked: SignInTransaction;
    readonly identity: CampusIdentity;
    readonly personId: string;
    readonly posted: Posted;
    readonly now: Temporal.Instant;
  },
): Promise<SignedIn> => {
  const { account, asked, identity, personId, posted, now } = facts;
  const replaced = new Set([asked.sessionId, posted.previous?.id ?? null]);
  let lineId: string | null = null;
  for (const id of replaced) {
    const ended = id === null ? null : await endSession(tx, id, now);
    if (ended?.accountId === account.id) lineId ??= ended.lineId;
  }
  const { authnContext, authnInstant } = identity;
  const token = await createSession(tx, {
    accountId: account.id,
    personId,
    userAgent: posted.userAgent,
    // Clocks differ a little; nobody has signed in later than now.
    signedInAt: Temporal.Instant.compare(authnInstant, now) < 0 ? authnInstant : now,
    authnContext,
    lineId,
    now,
  });
  const subject = `account:${account.id}`;
  const data = { fresh: asked.forceAuthn, authnContext };
  await recordEvent(tx, { at: now, type: 'session.opened', subject, actor: subject, data });
  return { token, returnTo: asked.returnTo, language: account.language };
};

/** One mail an account: the person may well try again and again. */
const REASSIGNED = 'account-name-reassigned';

const kindOf = (targetedId: string): string => /^pairwise-id:/.exec(targetedId)?.[0] ?? '';

/**
 * A principal name given to somebody else later keeps the name, but not the targeted id, nor the person of the
 * register. Targeted ids of two kinds say nothing about each other: a campus may change from one to the other.
 */
const isSomebodyElse = (
  known: { readonly targetedId: string | null; readonly lastPersonId: string | null },
  identity: CampusIdentity,
  personId: string,
): boolean => {
  const before = known.targetedId;
  const after = identity.targetedId;
  if (before !== null && after !== null && kindOf(before) === kindOf(after)) return before !== after;
  return known.lastPersonId !== null && known.lastPersonId !== personId;
};

const reportReassignedName = async (
  tx: Database,
  { clock, officeMail }: SignInDependencies,
  accountId: string,
  identity: CampusIdentity,
): Promise<void> => {
  const subject = `account:${accountId}`;
  const data = { identityProvider: identity.identityProvider };
  await recordEvent(tx, {
    at: clock.now(),
    type: 'account.name-reassigned',
    subject,
    actor: 'identity-provider',
    data,
  });
  if (officeMail === null || (await mailState(tx, REASSIGNED, accountId)) !== null) return;
  const mail = reassignedNameMail({ accountId, principalName: identity.principalName });
  await queueMail(tx, clock, { ...mail, to: officeMail, kind: REASSIGNED, reference: accountId });
};
