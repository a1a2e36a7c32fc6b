import { randomBytes } from 'node:crypto';
import { createToken, hashToken } from '#platform/crypto/token.ts';
import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import { isStrong } from './strength.ts';

const IDLE = { minutes: 30 };
const ABSOLUTE = { hours: 8 };
/** How stale `seen_at` may grow before it is written again, so that most requests write nothing. */
const TOUCH_AFTER_SECONDS = 60;

const findByToken = prepare(
  (
    db,
    { tokenHash, now, seenAfter }: { tokenHash: Buffer; now: Temporal.Instant; seenAfter: Temporal.Instant },
  ) =>
    db
      .selectFrom('session')
      .innerJoin('account', 'account.id', 'session.account_id')
      .select([
        'session.id',
        'session.account_id',
        'session.person_id',
        'session.seen_at',
        'session.signed_in_at',
        'session.authn_context',
      ])
      .select([
        'principal_name',
        'student_numbers',
        'mail_address',
        'mail_bounced_at',
        'mail_bounce_status',
        'private_address_asked_until',
        'terms_version',
        'display_name_ja',
        'display_name_en',
        'language',
      ])
      .where('token_hash', '=', tokenHash)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .where('seen_at', '>', seenAfter),
);

/** The live session of a cookie's token, or null: unknown, ended, idle for 30 minutes or older than 8 hours. */
export const readSession = async (
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<Session | null> => {
  const row = await findByToken.first(db, {
    tokenHash: hashToken(token),
    now,
    seenAfter: now.subtract(IDLE),
  });
  if (row === undefined) return null;
  if (now.since(row.seen_at).total('seconds') > TOUCH_AFTER_SECONDS) {
    await db.updateTable('session').set({ seen_at: now }).where('id', '=', row.id).execute();
  }
  return {
    id: row.id,
    accountId: row.account_id,
    personId: row.person_id,
    principalName: row.principal_name,
    studentNumbers: row.student_numbers,
    mailAddress: row.mail_address,
    mailBouncedAt: row.mail_bounced_at,
    mailBounceStatus: row.mail_bounce_status,
    privateAddressAskedUntil: row.private_address_asked_until,
    termsVersion: row.terms_version,
    displayNameJa: row.display_name_ja,
    displayNameEn: row.display_name_en,
    language: row.language,
    signedInAt: row.signed_in_at,
    strong: isStrong(row.authn_context),
  };
};

type NewSession = {
  readonly accountId: string;
  readonly personId: string;
  readonly userAgent: string;
  readonly signedInAt: Temporal.Instant;
  readonly authnContext: string;
  /** The line that this session continues; null begins one. */
  readonly lineId: string | null;
  readonly now: Temporal.Instant;
};

const insert = prepare(
  (db, given: NewSession & { readonly tokenHash: Buffer; readonly expiresAt: Temporal.Instant }) =>
    db.insertInto('session').values({
      // Only hashes of tokens are stored: a leaked table opens no session.
      token_hash: given.tokenHash,
      account_id: given.accountId,
      person_id: given.personId,
      user_agent: given.userAgent,
      created_at: given.now,
      seen_at: given.now,
      signed_in_at: given.signedInAt,
      authn_context: given.authnContext,
      line_id: given.lineId,
      expires_at: given.expiresAt,
    }),
);

/** Opens a session under a new token, which only the cookie will hold. */
export const createSession = async (
  db: Database,
  session: Omit<NewSession, 'lineId'> & { readonly lineId?: string | null },
): Promise<string> => {
  const token = createToken(randomBytes);
  await insert.write(db, {
    ...session,
    tokenHash: hashToken(token),
    userAgent: session.userAgent.slice(0, 300),
    lineId: session.lineId ?? null,
    expiresAt: session.now.add(ABSOLUTE),
  });
  return token;
};

/** Ends a session; returns its account and line, or null when it had ended before: a line that was left stays so. */
export const endSession = async (
  db: Database,
  sessionId: string,
  now: Temporal.Instant,
): Promise<{ accountId: string; lineId: string } | null> => {
  const ended = await db
    .updateTable('session')
    .set({ ended_at: now })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .returning(['id', 'account_id', 'line_id'])
    .executeTakeFirst();
  return ended === undefined ? null : { accountId: ended.account_id, lineId: ended.line_id ?? ended.id };
};

/**
 * Erases sessions that ended before an instant; of one that a change of mail address names, the browser it was in.
 * Returns how many.
 */
export const eraseOldSessions = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const named = db.selectFrom('mail_address_request').select('session_id');
  const gone = await db
    .deleteFrom('session')
    .where('expires_at', '<', before)
    .where('id', 'not in', named)
    .executeTakeFirst();
  const cleared = await db
    .updateTable('session')
    .set({ user_agent: '' })
    .where('expires_at', '<', before)
    .where('user_agent', '<>', '')
    .executeTakeFirst();
  return Number(gone.numDeletedRows + cleared.numUpdatedRows);
};

/** Ends every other session of the account, as offered after a change of address. Returns how many. */
export const endOtherSessions = async (
  db: Database,
  keep: Session,
  now: Temporal.Instant,
): Promise<number> => {
  const ended = await db
    .updateTable('session')
    .set({ ended_at: now })
    .where('account_id', '=', keep.accountId)
    .where('id', '!=', keep.id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
};

export type OpenSession = {
  readonly id: string;
  readonly userAgent: string;
  readonly openedAt: Temporal.Instant;
  readonly seenAt: Temporal.Instant;
};

/** The live sessions of an account, the last used first. */
export const listSessions = async (
  db: Database,
  accountId: string,
  now: Temporal.Instant,
): Promise<OpenSession[]> => {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'user_agent', 'created_at', 'seen_at'])
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('seen_at', '>', now.subtract(IDLE))
    .orderBy('seen_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.user_agent,
    openedAt: row.created_at,
    seenAt: row.seen_at,
  }));
};

/** Ends one session of the account; false when it has none of that id that is open. */
export const endSessionOf = async (
  db: Database,
  accountId: string,
  sessionId: string,
  now: Temporal.Instant,
): Promise<boolean> => {
  const ended = await db
    .updateTable('session')
    .set({ ended_at: now })
    .where('account_id', '=', accountId)
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
};

/** Somebody signed in, as read once a request. */
export type Session = {
  readonly id: string;
  readonly accountId: string;
  readonly personId: string;
  readonly principalName: string;
  readonly studentNumbers: readonly string[];
  /** The verified mail address; null until the first one is confirmed. */
  readonly mailAddress: string | null;
  /** Since when mail to it comes back, and the RFC 3463 status that the last report gave. */
  readonly mailBouncedAt: Temporal.Instant | null;
  readonly mailBounceStatus: string | null;
  /** Until when a private address in its place is not asked for again. */
  readonly privateAddressAskedUntil: Temporal.Instant | null;
  /** The version of the terms agreed to last; null for none. */
  readonly termsVersion: string | null;
  readonly displayNameJa: string | null;
  readonly displayNameEn: string | null;
  readonly language: string;
  /** When the campus identity provider last authenticated the person for this session. */
  readonly signedInAt: Temporal.Instant;
  /** Whether it did so with a second factor. */
  readonly strong: boolean;
};
