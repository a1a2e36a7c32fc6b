import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

type Webhook = {
  readonly provider: string;
  readonly eventId: string;
  readonly checkoutId: string | null;
  readonly body: string;
  readonly at: Temporal.Instant;
};

const insert = prepare((db, { provider, eventId, checkoutId, body, at }: Webhook) =>
  db
    .insertInto('payment_webhook')
    .values({ provider, event_id: eventId, body, received_at: at })
    .onConflict((conflict) => conflict.columns(['provider', 'event_id']).doNothing())
    .returning(({ selectFrom }) =>
      selectFrom('payment')
        .select('payment.id')
        .where('payment.provider', '=', provider)
        .where('checkout_id', '=', checkoutId)
        .as('payment_id'),
    ),
);

/**
 * Stores a webhook as it came, and finds the payment whose checkout it is about; null for one that came before. What a
 * company names is looked for among its own.
 */
export const insertWebhook = async (
  tx: Database,
  webhook: Webhook,
): Promise<{ paymentId: string | null } | null> => {
  const row = await insert.first(tx, webhook);
  return row === undefined ? null : { paymentId: row.payment_id };
};

/** Empties messages of the companies, which may name a payer, taken in before an instant; returns how many. */
export const eraseOldWebhooks = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const old = db.updateTable('payment_webhook').set({ body: '' }).where('received_at', '<', before);
  return Number((await old.where('body', '<>', '').executeTakeFirst()).numUpdatedRows);
};
