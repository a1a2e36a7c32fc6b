import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import type { Settlement } from './providers/provider.ts';

/** When the newest payout in our books was made; null when there is none. */
export const findLastSettlement = async (
  db: Database,
  provider: string,
): Promise<Temporal.Instant | null> => {
  const row = await db
    .selectFrom('payment_settlement')
    .select('paid_out_at')
    .where('provider', '=', provider)
    .orderBy('paid_out_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.paid_out_at ?? null;
};

/** Notes a payout; false for one that is already in the books. */
export const insertSettlement = async (
  tx: Database,
  { id, paidOutAt, amount }: Settlement,
  { provider, unknownYen, at }: { provider: string; unknownYen: number; at: Temporal.Instant },
): Promise<boolean> => {
  const row = await tx
    .insertInto('payment_settlement')
    .values({
      provider,
      settlement_id: id,
      paid_out_at: paidOutAt,
      amount_yen: BigInt(amount),
      unknown_yen: BigInt(unknownYen),
      booked_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('settlement_id')
    .executeTakeFirst();
  return row !== undefined;
};

export type OpenClearing = {
  readonly orderNumber: string;
  readonly paymentId: string;
  readonly yen: number;
  readonly since: string;
};

/** Payments whose money lies, or is missing, at the company: clearing that has not returned to zero, oldest first. */
export const listOpenClearing = async (db: Database): Promise<OpenClearing[]> => {
  const { rows } = await sql<{ number: string; payment: string; yen: string; since: Temporal.Instant }>`
    select o.order_number as number, p.id as payment, sum(e.amount_yen)::text as yen, min(l.at) as since
    from ledger_entry e join ledger_posting l on l.id = e.posting_id join payment p on p.id = l.payment_id
    join certificate_order o on o.id = p.order_id
    where e.account = 'clearing' group by o.order_number, p.id having sum(e.amount_yen) <> 0
    order by min(l.at)`.execute(db);
  return rows.map(({ number, payment, yen, since }) => ({
    orderNumber: number,
    paymentId: payment,
    yen: Number(yen),
    since: since.toString(),
  }));
};

/** Order numbers whose refund waits for a bank transfer, and of payments that nobody could take over. */
export const listForPeople = async (
  db: Database,
): Promise<{ readonly byHand: string[]; readonly disputed: string[] }> => {
  const orders = db
    .selectFrom('payment')
    .innerJoin('certificate_order', 'certificate_order.id', 'payment.order_id')
    .select('order_number')
    .distinct()
    .orderBy('order_number');
  const byHand = await orders
    .innerJoin('payment_refund', 'payment_refund.payment_id', 'payment.id')
    .where('payment_refund.state', '=', 'by_hand')
    .execute();
  const disputed = await orders.where('payment.state', '=', 'disputed').execute();
  const numbers = (rows: readonly { order_number: string }[]) => rows.map((row) => row.order_number);
  return { byHand: numbers(byHand), disputed: numbers(disputed) };
};

export const saveReport = async (db: Database, report: object, at: Temporal.Instant): Promise<void> => {
  await db
    .insertInto('reconciliation_report')
    .values({ at, report: JSON.stringify(report) })
    .execute();
};
