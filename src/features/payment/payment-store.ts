import type { Database } from '#platform/database/database.ts';

export type PaymentState = 'ready' | 'submitted' | 'open' | 'settled' | 'closed' | 'disputed';
export type Payment = {
  readonly id: string;
  readonly orderId: string;
  readonly provider: string;
  readonly amount: number;
  readonly language: 'ja' | 'en';
  readonly state: PaymentState;
  readonly checkoutId: string | null;
  readonly checkoutUrl: string | null;
};

const select = (db: Database) =>
  db
    .selectFrom('payment')
    .select(['id', 'order_id', 'provider', 'amount_yen', 'language', 'state', 'checkout_id', 'checkout_url']);
type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

const paymentOf = (row: Row | undefined): Payment | null =>
  row === undefined
    ? null
    : {
        id: row.id,
        orderId: row.order_id,
        provider: row.provider,
        amount: row.amount_yen,
        language: row.language as Payment['language'],
        state: row.state as PaymentState,
        checkoutId: row.checkout_id,
        checkoutUrl: row.checkout_url,
      };

const UNDER_WAY = ['ready', 'submitted', 'open'];

/** The payment of this order that is under way, made if there is none. */
export const ensurePayment = async (
  db: Database,
  wanted: { orderId: string; provider: string; amount: number; language: 'ja' | 'en'; at: Temporal.Instant },
): Promise<Payment | null> => {
  await db
    .insertInto('payment')
    .values({
      order_id: wanted.orderId,
      provider: wanted.provider,
      method: 'card',
      amount_yen: wanted.amount,
      language: wanted.language,
      state: 'ready',
      created_at: wanted.at,
      updated_at: wanted.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const query = select(db).where('order_id', '=', wanted.orderId).where('state', 'in', UNDER_WAY);
  return paymentOf(await query.executeTakeFirst());
};

export const readPayment = async (db: Database, id: string): Promise<Payment | null> =>
  paymentOf(await select(db).where('id', '=', id).executeTakeFirst());

/** The payment, its row locked until the transaction ends. */
export const lockPayment = async (tx: Database, id: string): Promise<Payment | null> =>
  paymentOf(await select(tx).where('id', '=', id).forUpdate().executeTakeFirst());

export const readLatestPayment = async (db: Database, orderId: string): Promise<Payment | null> =>
  paymentOf(
    await select(db).where('order_id', '=', orderId).orderBy('created_at', 'desc').executeTakeFirst(),
  );

export const findPaymentByCheckout = async (
  db: Database,
  provider: string,
  checkoutId: string,
): Promise<Payment | null> =>
  paymentOf(
    await select(db)
      .where('provider', '=', provider)
      .where('checkout_id', '=', checkoutId)
      .executeTakeFirst(),
  );

export const listUnderWay = async (db: Database, before: Temporal.Instant): Promise<string[]> => {
  const query = db.selectFrom('payment').select('id').where('state', 'in', UNDER_WAY);
  return (await query.where('updated_at', '<', before).execute()).map((row) => row.id);
};

/** Moves a payment that is in one of `from`; false when it no longer is. */
export const movePayment = async (
  tx: Database,
  id: string,
  from: readonly PaymentState[],
  to: PaymentState,
  at: Temporal.Instant,
  checkout?: { id: string; url: string },
): Promise<boolean> => {
  const row = await tx
    .updateTable('payment')
    .set({ state: to, updated_at: at, ...(to === 'settled' ? { settled_at: at } : {}) })
    .$if(checkout !== undefined, (query) =>
      query.set({ checkout_id: checkout?.id ?? null, checkout_url: checkout?.url ?? null }),
    )
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

/** Notes money to send back; once a payment. */
export const insertRefund = async (
  tx: Database,
  refund: { paymentId: string; amount: number; reason: string; at: Temporal.Instant },
): Promise<void> => {
  await tx
    .insertInto('payment_refund')
    .values({
      payment_id: refund.paymentId,
      amount_yen: refund.amount,
      reason: refund.reason,
      state: 'ready',
      created_at: refund.at,
    })
    .onConflict((conflict) => conflict.column('payment_id').doNothing())
    .execute();
};

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
