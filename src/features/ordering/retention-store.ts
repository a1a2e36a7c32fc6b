import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

const ERASED = { delivery: null, reference: '', receipt_addressee: null };

/**
 * Erases what people typed into orders submitted before an instant: addresses, recipients, references. States and
 * amounts stay, for the books point at them, and what a certificate says stays in the issuance register. Returns how many.
 */
export const eraseOldOrders = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const done = await db
    .updateTable('certificate_order')
    .set(ERASED)
    .where('submitted_at', '<', before)
    .where(sql<boolean>`(delivery is not null or reference <> '' or coalesce(receipt_addressee, '') <> '')`)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
};
