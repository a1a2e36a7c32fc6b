import type { Database } from '#platform/database/database.ts';

/** Where an account's mail goes; null until an address is confirmed. */
export const readMailAddress = async (db: Database, accountId: string): Promise<string | null> => {
  const query = db.selectFrom('account').select('mail_address').where('id', '=', accountId);
  return (await query.executeTakeFirst())?.mail_address ?? null;
};
