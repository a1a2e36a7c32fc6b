import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

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

const upsert = prepare(
  (db, given: Omit<AccountFacts, 'studentNumbers'> & { studentNumbers: string[]; now: Temporal.Instant }) => {
    const seen = {
      student_numbers: given.studentNumbers,
      display_name_ja: given.displayNameJa,
      display_name_en: given.displayNameEn,
      last_sign_in_at: given.now,
    };
    return db
      .insertInto('account')
      .values({
        identity_provider: given.identityProvider,
        principal_name: given.principalName,
        targeted_id: given.targetedId,
        language: given.language,
        created_at: given.now,
        ...seen,
      })
      .onConflict((conflict) =>
        conflict.columns(['identity_provider', 'principal_name']).doUpdateSet({
          ...seen,
          targeted_id: sql`coalesce(account.targeted_id, excluded.targeted_id)`,
        }),
      )
      .returning(['id', 'language', 'mail_address', 'targeted_id']);
  },
);

/** The account of a campus identity, made at its first sign-in and refreshed at each; returns its id and language. */
export const upsertAccount = async (
  db: Database,
  facts: AccountFacts,
  now: Temporal.Instant,
): Promise<{ id: string; language: string; mailAddress: string | null; targetedId: string | null }> => {
  const row = await upsert.first(db, { ...facts, studentNumbers: [...facts.studentNumbers], now });
  if (row === undefined) throw new Error('no account');
  return { id: row.id, language: row.language, mailAddress: row.mail_address, targetedId: row.targeted_id };
};

type AccountKey = { readonly identityProvider: string; readonly principalName: string };

const lockByName = prepare((db, key: AccountKey) =>
  db
    .selectFrom('account')
    .select(['id', 'targeted_id'])
    .where('identity_provider', '=', key.identityProvider)
    .where('principal_name', '=', key.principalName)
    .forUpdate(),
);
const selectLastPerson = prepare((db, key: AccountKey) =>
  db
    .selectFrom('session')
    .select('person_id')
    .where('account_id', '=', ({ selectFrom }) =>
      selectFrom('account')
        .select('id')
        .where('identity_provider', '=', key.identityProvider)
        .where('principal_name', '=', key.principalName),
    )
    .orderBy('created_at', 'desc')
    .limit(1),
);

/** The account of that name, locked until the transaction ends; null where nobody has signed in under it. */
export const findAccount = async (
  tx: Database,
  key: AccountKey,
): Promise<{ id: string; targetedId: string | null } | null> => {
  const row = await lockByName.first(tx, key);
  return row === undefined ? null : { id: row.id, targetedId: row.targeted_id };
};

/** The person of the register for whom the last session under that name was opened; null before the first. */
export const lastPersonOf = async (db: Database, key: AccountKey): Promise<string | null> =>
  (await selectLastPerson.first(db, key))?.person_id ?? null;

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
