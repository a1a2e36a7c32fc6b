import type { ExpressionBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Database, Tables } from '#platform/database/database.ts';
import { write } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { CashSlip, Checkout, PaymentMethod } from './providers/provider.ts';

export type PaymentState = 'ready' | 'submitted' | 'open' | 'settled' | 'closed' | 'disputed';
export type Payment = {
  readonly id: string;
  readonly orderId: string;
  readonly provider: string;
  readonly method: PaymentMethod;
  readonly amount: number;
  readonly language: 'ja' | 'en';
  readonly state: PaymentState;
  readonly checkoutId: string | null;
  readonly checkoutUrl: string | null;
  readonly slips: readonly CashSlip[];
  readonly createdAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant | null;
  /** What came in; null until it has. */
  readonly settled: number | null;
};

const COLUMNS = [
  'id',
  'order_id',
  'provider',
  'method',
  'amount_yen',
  'language',
  'state',
  'checkout_id',
  'checkout_url',
  'slips',
  'created_at',
  'expires_at',
  'settled_at',
  'settled_yen',
] as const;

const select = (db: Database) => db.selectFrom('payment').select(COLUMNS);
type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

const paymentOf = (row: Row): Payment => ({
  id: row.id,
  orderId: row.order_id,
  provider: row.provider,
  method: row.method as PaymentMethod,
  amount: row.amount_yen,
  language: row.language as Payment['language'],
  state: row.state as PaymentState,
  checkoutId: row.checkout_id,
  checkoutUrl: row.checkout_url,
  slips: (row.slips ?? []) as CashSlip[],
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  settled: row.settled_at === null ? null : (row.settled_yen ?? row.amount_yen),
});
const paymentOrNull = (row: Row | undefined): Payment | null => (row === undefined ? null : paymentOf(row));

const UNDER_WAY = ['ready', 'submitted', 'open'];

export type WantedPayment = {
  readonly orderId: string;
  readonly provider: string;
  readonly method: PaymentMethod;
  readonly amount: number;
  readonly language: 'ja' | 'en';
  readonly at: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
};

const insert = prepare((db, wanted: WantedPayment) =>
  db
    .insertInto('payment')
    .values({
      order_id: wanted.orderId,
      provider: wanted.provider,
      method: wanted.method,
      amount_yen: wanted.amount,
      language: wanted.language,
      state: 'ready',
      created_at: wanted.at,
      updated_at: wanted.at,
      expires_at: wanted.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(COLUMNS),
);

/** The payment of this order that is under way, made if there is none. */
export const ensurePayment = async (db: Database, wanted: WantedPayment): Promise<Payment | null> => {
  const made = await insert.first(db, wanted);
  return made === undefined ? findUnderWay(db, wanted.orderId) : paymentOf(made);
};

type OfOrder = { readonly orderId: string };
const selectUnderWay = prepare((db, { orderId }: OfOrder) =>
  select(db).where('order_id', '=', orderId).where('state', 'in', UNDER_WAY),
);

export const findUnderWay = async (db: Database, orderId: string): Promise<Payment | null> =>
  paymentOrNull(await selectUnderWay.first(db, { orderId }));

type ById = { readonly id: string };
const selectById = prepare((db, { id }: ById) => select(db).where('id', '=', id));
const lockById = prepare((db, { id }: ById) => select(db).where('id', '=', id).forUpdate());

export const readPayment = async (db: Database, id: string): Promise<Payment | null> =>
  paymentOrNull(await selectById.first(db, { id }));

const PAYMENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a company's reference can be a payment's id at all. */
export const isPaymentId = (reference: string): boolean => PAYMENT_ID.test(reference);

/** Those of the payments with these ids that a company holds. */
export const listPayments = async (
  db: Database,
  provider: string,
  ids: readonly string[],
): Promise<Payment[]> =>
  ids.length === 0
    ? []
    : (await select(db).where('provider', '=', provider).where('id', 'in', ids).execute()).map(paymentOf);

/** The payment, its row locked until the transaction ends. */
export const lockPayment = async (tx: Database, id: string): Promise<Payment | null> =>
  paymentOrNull(await lockById.first(tx, { id }));

const latest = (payments: ReturnType<typeof select>) => payments.orderBy('created_at', 'desc').limit(1);
const selectLatest = prepare((db, { orderId }: OfOrder) =>
  latest(select(db).where('order_id', '=', orderId)),
);
type Numbered = { readonly accountId: string; readonly orderNumber: string };
const selectLatestByNumber = prepare((db, { accountId, orderNumber }: Numbered) => {
  const ordered = db
    .selectFrom('certificate_order')
    .select('id')
    .where('account_id', '=', accountId)
    .where('order_number', '=', orderNumber);
  return latest(select(db).where('order_id', '=', ordered));
});

export const readLatestPayment = async (db: Database, orderId: string): Promise<Payment | null> =>
  paymentOrNull(await selectLatest.first(db, { orderId }));

/** The latest of an order of this account, by its number. */
export const readLatestPaymentByNumber = async (db: Database, named: Numbered): Promise<Payment | null> =>
  paymentOrNull(await selectLatestByNumber.first(db, named));

/** Leaves out money in another amount, or that came twice: it goes back by itself, as its refund says. */
const keptForItsOrder = ({ not, exists, selectFrom }: ExpressionBuilder<Tables, 'payment'>) =>
  not(
    exists(
      selectFrom('payment_refund')
        .select('payment_refund.id')
        .whereRef('payment_id', '=', 'payment.id')
        .where('reason', 'in', ['amount-differs', 'paid-twice']),
    ),
  );

/** The money an order's certificates are paid with; also while it waits for a decision, and once it went back. */
export const findPaidWith = async (db: Database, orderId: string): Promise<Payment | null> => {
  const settled = select(db).where('order_id', '=', orderId).where('state', '=', 'settled');
  return paymentOrNull(await settled.where(keptForItsOrder).executeTakeFirst());
};

export type LatePayment = {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly amount: number;
  readonly paymentDeadline: Temporal.Instant;
  readonly cameAt: Temporal.Instant;
};

/** Orders whose money came after their deadline and about which nobody has decided, oldest first. */
export const listLatePayments = async (db: Database): Promise<LatePayment[]> => {
  const rows = await db
    .selectFrom('payment')
    .innerJoin('certificate_order', 'certificate_order.id', 'payment.order_id')
    .select(['order_id', 'order_number', 'settled_yen', 'amount_yen', 'payment_deadline', 'settled_at'])
    .where('certificate_order.state', '=', 'paid_late')
    .where('payment.state', '=', 'settled')
    .where(keptForItsOrder)
    .orderBy('settled_at')
    .execute();
  return rows.map((row) => ({
    orderId: row.order_id,
    orderNumber: row.order_number,
    amount: row.settled_yen ?? row.amount_yen,
    paymentDeadline: row.payment_deadline,
    cameAt: row.settled_at ?? row.payment_deadline,
  }));
};

/**
 * Payments under way that nothing has moved since `before` and whose company is due to be asked again, which is noted:
 * each as long after the last time as it was old then, an hour at most.
 */
export const takeDue = async (
  db: Database,
  { before, now }: { readonly before: Temporal.Instant; readonly now: Temporal.Instant },
): Promise<string[]> => {
  const due = sql<boolean>`(asked_at is null
    or ${now}::timestamptz - asked_at >= least(asked_at - created_at, interval '1 hour'))`;
  const query = db.updateTable('payment').set({ asked_at: now }).where('state', 'in', UNDER_WAY);
  const rows = await query.where('updated_at', '<', before).where(due).returning('id').execute();
  return rows.map(({ id }) => id);
};

type Move = [
  id: string,
  from: readonly PaymentState[],
  to: PaymentState,
  at: Temporal.Instant,
  checkout?: Pick<Checkout, 'id' | 'url' | 'amount'>,
];

const moved = (tx: Database, ...[id, from, to, at, checkout]: Move) =>
  tx
    .updateTable('payment')
    .set({ state: to, updated_at: at })
    .$if(checkout !== undefined, (query) =>
      query.set({ checkout_id: checkout?.id ?? null, checkout_url: checkout?.url ?? null }),
    )
    .$if(to === 'settled', (query) => query.set({ settled_at: at, settled_yen: checkout?.amount ?? null }))
    .where('id', '=', id)
    .where('state', 'in', [...from]);

/** Moves a payment that is in one of `from`, and returns it as it is then; null when it no longer is. */
export const movePayment = async (tx: Database, ...move: Move): Promise<Payment | null> =>
  paymentOrNull(
    await moved(tx, ...move)
      .returning(COLUMNS)
      .executeTakeFirst(),
  );

/** The same of one whose row is locked, so that nobody waits for the answer. */
export const moveLocked = (tx: Database, ...move: Move): Promise<void> => write(tx, moved(tx, ...move));

export const saveSlips = async (tx: Database, id: string, slips: readonly CashSlip[]): Promise<void> => {
  await write(
    tx,
    tx
      .updateTable('payment')
      .set({ slips: JSON.stringify(slips) })
      .where('id', '=', id),
  );
};

/** The id of the order with a number, whoever's it is; null when there is none. */
export const findOrderByNumber = async (db: Database, orderNumber: string): Promise<string | null> => {
  const orders = db.selectFrom('certificate_order').select('id');
  return (await orders.where('order_number', '=', orderNumber).executeTakeFirst())?.id ?? null;
};
