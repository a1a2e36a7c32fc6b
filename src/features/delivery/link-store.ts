import type { Database } from '#platform/database/database.ts';

/** Makes a link the only living one of its sending. */
export const insertLink = async (
  tx: Database,
  link: { deliveryId: string; tokenHash: Buffer; at: Temporal.Instant },
): Promise<void> => {
  await killLink(tx, link.deliveryId, link.at);
  const { deliveryId: delivery_id, tokenHash: token_hash, at: created_at } = link;
  await tx.insertInto('delivery_link').values({ delivery_id, token_hash, created_at }).execute();
};

/** Ends the living link of a sending. */
export const killLink = async (tx: Database, deliveryId: string, at: Temporal.Instant): Promise<void> => {
  await tx
    .updateTable('delivery_link')
    .set({ replaced_at: at })
    .where('delivery_id', '=', deliveryId)
    .where('replaced_at', 'is', null)
    .execute();
};

/** The sending a link leads to; null for a link that was never made. */
export const findLink = async (
  db: Database,
  tokenHash: Buffer,
): Promise<{ deliveryId: string; replaced: boolean } | null> => {
  const query = db.selectFrom('delivery_link').select(['delivery_id', 'replaced_at']);
  const row = await query.where('token_hash', '=', tokenHash).executeTakeFirst();
  return row === undefined ? null : { deliveryId: row.delivery_id, replaced: row.replaced_at !== null };
};
