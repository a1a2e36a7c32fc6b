import type { Database } from '#platform/database/database.ts';

/** Online orders whose documents are made and which nobody has sent yet. */
export const listWaitingOrders = async (db: Database): Promise<string[]> => {
  const query = db.selectFrom('certificate_order').select('id').where('state', '=', 'to_send');
  return (await query.orderBy('submitted_at').limit(500).execute()).map(({ id }) => id);
};
