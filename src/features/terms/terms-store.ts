import type { Database } from '#platform/database/database.ts';

/** Notes the consent; false when the account had agreed to this version before. */
export const saveAgreedVersion = async (
  tx: Database,
  accountId: string,
  version: string,
  at: Temporal.Instant,
): Promise<boolean> => {
  const row = await tx
    .updateTable('account')
    .set({ terms_version: version, terms_accepted_at: at })
    .where('id', '=', accountId)
    .where((where) => where.or([where('terms_version', 'is', null), where('terms_version', '!=', version)]))
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};
