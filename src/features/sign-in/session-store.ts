import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import type { Session } from './session.ts';

const IDLE = { minutes: 30 };
const ABSOLUTE = { hours: 8 };
/** How stale `seen_at` may grow before it is written again, so that most requests write nothing. */
const TOUCH_AFTER_SECONDS = 60;

/** Only hashes of tokens are stored: a leaked table opens no session. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
export const createToken = (): string => randomBytes(32).toString('base64url');

/** The live session of a cookie's token, or null: unknown, ended, idle for 30 minutes or older than 8 hours. */
export const readSession = async (
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<Session | null> => {
  const row = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select([
      'session.id',
      'session.account_id',
      'session.person_id',
      'session.seen_at',
      'session.signed_in_at',
    ])
    .select([
      'principal_name',
      'student_numbers',
      'mail_address',
      'display_name_ja',
      'display_name_en',
      'language',
    ])
    .where('token_hash', '=', hashToken(token))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('seen_at', '>', now.subtract(IDLE))
    .executeTakeFirst();
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
    displayNameJa: row.display_name_ja,
    displayNameEn: row.display_name_en,
    language: row.language,
    signedInAt: row.signed_in_at,
  };
};

/** Opens a session under a new token, which only the cookie will hold. */
export const createSession = async (
  db: Database,
  session: { accountId: string; personId: string; userAgent: string; now: Temporal.Instant },
): Promise<string> => {
  const token = createToken();
  await db
    .insertInto('session')
    .values({
      token_hash: hashToken(token),
      account_id: session.accountId,
      person_id: session.personId,
      user_agent: session.userAgent.slice(0, 300),
      created_at: session.now,
      seen_at: session.now,
      signed_in_at: session.now,
      expires_at: session.now.add(ABSOLUTE),
    })
    .execute();
  return token;
};

export const endSession = async (db: Database, sessionId: string, now: Temporal.Instant): Promise<void> => {
  await db
    .updateTable('session')
    .set({ ended_at: now })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .execute();
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

export const saveLanguage = async (db: Database, accountId: string, language: string): Promise<void> => {
  await db.updateTable('account').set({ language }).where('id', '=', accountId).execute();
};

export type AccountFacts = {
  readonly identityProvider: string;
  readonly principalName: string;
  readonly targetedId: string | null;
  readonly studentNumbers: readonly string[];
  readonly displayNameJa: string | null;
  readonly displayNameEn: string | null;
  readonly language: string;
};

/** The account of a campus identity, made at its first sign-in and refreshed at each; returns its id and language. */
export const upsertAccount = async (
  db: Database,
  facts: AccountFacts,
  now: Temporal.Instant,
): Promise<{ id: string; language: string; mailAddress: string | null; targetedId: string | null }> => {
  const row = await db
    .insertInto('account')
    .values({
      identity_provider: facts.identityProvider,
      principal_name: facts.principalName,
      targeted_id: facts.targetedId,
      student_numbers: [...facts.studentNumbers],
      display_name_ja: facts.displayNameJa,
      display_name_en: facts.displayNameEn,
      language: facts.language,
      created_at: now,
      last_sign_in_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['identity_provider', 'principal_name']).doUpdateSet({
        student_numbers: [...facts.studentNumbers],
        display_name_ja: facts.displayNameJa,
        display_name_en: facts.displayNameEn,
        targeted_id: sql`coalesce(account.targeted_id, excluded.targeted_id)`,
        last_sign_in_at: now,
      }),
    )
    .returning(['id', 'language', 'mail_address', 'targeted_id'])
    .executeTakeFirstOrThrow();
  return { id: row.id, language: row.language, mailAddress: row.mail_address, targetedId: row.targeted_id };
};
