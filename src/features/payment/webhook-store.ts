import type { Database } from '#platform/database/database.ts';

/** Stores a webhook as it came; false for one that came before. */
export const insertWebhook = async (
  tx: Database,
  webhook: { provider: string; eventId: string; body: string; at: Temporal.Instant },
): Promise<boolean> => {
  const row = await tx
    .insertInto('payment_webhook')
    .values({
      provider: webhook.provider,
      event_id: webhook.eventId,
      body: webhook.body,
      received_at: webhook.at,
    })
    .onConflict((conflict) => conflict.columns(['provider', 'event_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

/** Empties messages of the companies, which may name a payer, taken in before an instant; returns how many. */
export const eraseOldWebhooks = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const old = db.updateTable('payment_webhook').set({ body: '' }).where('received_at', '<', before);
  return Number((await old.where('body', '<>', '').executeTakeFirst()).numUpdatedRows);
};
