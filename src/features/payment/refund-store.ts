import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { write } from '#platform/database/database.ts';

export type RefundState = 'ready' | 'submitted' | 'done' | 'by_hand';
export type RefundReason = 'order-cancelled' | 'paid-twice' | 'amount-differs' | 'not-issued' | 'paid-late';

export type Refund = {
  readonly id: string;
  readonly paymentId: string;
  readonly orderId: string;
  readonly amount: number;
  readonly reason: RefundReason;
  readonly state: RefundState;
  /** Attempts that the company has refused for good. */
  readonly attempts: number;
};

const select = (db: Database) =>
  db
    .selectFrom('payment_refund')
    .innerJoin('payment', 'payment.id', 'payment_refund.payment_id')
    .select(['payment_refund.id', 'payment_id', 'order_id', 'payment_refund.amount_yen', 'reason'])
    .select(['payment_refund.state', 'attempts']);
type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

const refundOf = (row: Row): Refund => ({
  id: row.id,
  paymentId: row.payment_id,
  orderId: row.order_id,
  amount: row.amount_yen,
  reason: row.reason as RefundReason,
  state: row.state as RefundState,
  attempts: row.attempts,
});

/** Notes money to send back; null when all that is left of this payment is already on its way. */
export const insertRefund = async (
  tx: Database,
  refund: {
    paymentId: string;
    kind: 'rest' | 'lines';
    amount: number;
    reason: RefundReason;
    at: Temporal.Instant;
  },
): Promise<string | null> => {
  const row = await tx
    .insertInto('payment_refund')
    .values({
      payment_id: refund.paymentId,
      kind: refund.kind,
      amount_yen: refund.amount,
      reason: refund.reason,
      state: 'ready',
      created_at: refund.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
};

export const insertRefundLines = async (tx: Database, refundId: string, lineIds: readonly string[]) => {
  const rows = lineIds.map((lineId) => ({ refund_id: refundId, order_line_id: lineId }));
  if (rows.length > 0) await tx.insertInto('payment_refund_line').values(rows).execute();
};

/** Lines of an order whose fee goes or went back. */
export const listRefundedLines = async (db: Database, orderId: string): Promise<Set<string>> => {
  const rows = await db
    .selectFrom('payment_refund_line')
    .innerJoin('order_line', 'order_line.id', 'payment_refund_line.order_line_id')
    .select('order_line_id')
    .where('order_id', '=', orderId)
    .execute();
  return new Set(rows.map((row) => row.order_line_id));
};

/** What goes or went back of a payment, in yen. */
const sumRefunds = async (db: Database, paymentId: string): Promise<number> => {
  const row = await db
    .selectFrom('payment_refund')
    .select(({ fn }) => fn.coalesce(fn.sum('amount_yen'), sql<string>`0`).as('sum'))
    .where('payment_id', '=', paymentId)
    .executeTakeFirstOrThrow();
  return Number(row.sum);
};

/** What of a payment neither is back nor on its way, in yen. */
export const keptOf = async (
  db: Database,
  { id, settled }: { readonly id: string; readonly settled: number | null },
): Promise<number> => (settled ?? 0) - (await sumRefunds(db, id));

export const readRefund = async (db: Database, id: string): Promise<Refund | null> => {
  const row = await select(db).where('payment_refund.id', '=', id).executeTakeFirst();
  return row === undefined ? null : refundOf(row);
};

export const lockRefund = async (tx: Database, id: string): Promise<Refund | null> => {
  await tx.selectFrom('payment_refund').select('id').where('id', '=', id).forUpdate().execute();
  return readRefund(tx, id);
};

export const listRefunds = async (db: Database, orderId: string): Promise<Refund[]> =>
  (await select(db).where('order_id', '=', orderId).orderBy('payment_refund.created_at').execute()).map(
    refundOf,
  );

/** Refunds whose answer from the company is not known, or not final, yet. */
export const listSubmittedRefunds = async (db: Database): Promise<string[]> => {
  const query = db.selectFrom('payment_refund').select('id').where('state', '=', 'submitted');
  return (await query.execute()).map((row) => row.id);
};

/** Orders whose money is to go back and for which nothing has been noted yet. */
export const listOrdersToRefund = async (db: Database): Promise<string[]> => {
  const rows = await sql<{ id: string }>`
    select o.id from certificate_order o where o.state in ('refund_ready', 'refund_submitted')
    and exists (select 1 from payment p where p.order_id = o.id and p.state = 'settled' and not exists
      (select 1 from payment_refund r where r.payment_id = p.id and r.kind = 'rest'))`.execute(db);
  return rows.rows.map((row) => row.id);
};

type Change = {
  readonly state: RefundState;
  readonly attempts?: number;
  readonly companyRefundId?: string;
  readonly error?: string | null;
  readonly doneAt?: Temporal.Instant;
  readonly record?: { readonly by: string; readonly second: string; readonly reason: string };
};

export const saveRefund = async (tx: Database, id: string, change: Change): Promise<void> => {
  const { state, attempts, companyRefundId, error, doneAt, record } = change;
  await write(
    tx,
    tx
      .updateTable('payment_refund')
      .set({
        state,
        ...(attempts === undefined ? {} : { attempts }),
        ...(companyRefundId === undefined ? {} : { company_refund_id: companyRefundId }),
        ...(error === undefined ? {} : { last_error: error }),
        ...(doneAt === undefined ? {} : { done_at: doneAt }),
        ...(record === undefined
          ? {}
          : { recorded_by: record.by, seconded_by: record.second, record_reason: record.reason }),
      })
      .where('id', '=', id),
  );
};
