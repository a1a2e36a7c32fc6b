import type { Database } from '#platform/database/database.ts';

/**
 * Stores a webhook as it came, and finds the payment whose checkout it is about; null for one that came before. What a
 * company names is looked for among its own.
 */
export const insertWebhook = async (
  tx: Database,
  webhook: {
    provider: string;
    eventId: string;
    checkoutId: string | null;
    body: string;
    at: Temporal.Instant;
  },
): Promise<{ paymentId: string | null } | null> => {
  const row = await tx
    .insertInto('payment_webhook')
    .values({
      provider: webhook.provider,
      event_id: webhook.eventId,
      body: webhook.body,
      received_at: webhook.at,
    })
    .onConflict((conflict) => conflict.columns(['provider', 'event_id']).doNothing())
    .returning(({ selectFrom }) =>
      selectFrom('payment')
        .select('payment.id')
        .where('payment.provider', '=', webhook.provider)
        .where('checkout_id', '=', webhook.checkoutId)
        .as('payment_id'),
    )
    .executeTakeFirst();
  return row === undefined ? null : { paymentId: row.payment_id };
};

/** Empties messages of the companies, which may name a payer, taken in before an instant; returns how many. */
export const eraseOldWebhooks = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const old = db.updateTable('payment_webhook').set({ body: '' }).where('received_at', '<', before);
  return Number((await old.where('body', '<>', '').executeTakeFirst()).numUpdatedRows);
};
