import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

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

type AccountKey = { readonly identityProvider: string; readonly principalName: string };

/** The account of that name, locked until the transaction ends; null where nobody has signed in under it. */
export const findAccount = async (
  tx: Database,
  key: AccountKey,
): Promise<{ id: string; targetedId: string | null } | null> => {
  const row = await tx
    .selectFrom('account')
    .select(['id', 'targeted_id'])
    .where('identity_provider', '=', key.identityProvider)
    .where('principal_name', '=', key.principalName)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, targetedId: row.targeted_id };
};

/** The person of the register for whom the last session under that name was opened; null before the first. */
export const lastPersonOf = async (db: Database, key: AccountKey): Promise<string | null> => {
  const row = await db
    .selectFrom('session')
    .select('person_id')
    .where('account_id', '=', ({ selectFrom }) =>
      selectFrom('account')
        .select('id')
        .where('identity_provider', '=', key.identityProvider)
        .where('principal_name', '=', key.principalName),
    )
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.person_id ?? null;
};

/** The identity provider of an account, which alone can confirm its person. */
export const providerOf = async (db: Database, accountId: string): Promise<string> => {
  const row = await db
    .selectFrom('account')
    .select('identity_provider')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  return row.identity_provider;
};

/** Puts a name on the account that no provider can send (its scope is not theirs), and ends its sessions. */
export const retireName = async (tx: Database, accountId: string, at: Temporal.Instant): Promise<void> => {
  await tx
    .updateTable('account')
    .set({ principal_name: sql`principal_name || ${` until ${at.toString()}`}` })
    .where('id', '=', accountId)
    .execute();
  await tx
    .updateTable('session')
    .set({ ended_at: at })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .execute();
};
