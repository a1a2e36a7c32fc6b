import type { Database } from '#platform/database/database.ts';
import type { CompanyDispute } from './providers/provider.ts';

export type OpenDispute = {
  readonly orderNumber: string;
  readonly yen: number;
  readonly answerUntil: string | null;
};

const selectDisputes = (db: Database) => db.selectFrom('payment_dispute').selectAll();

export const findDispute = (db: Database, paymentId: string, companyId: string) =>
  selectDisputes(db)
    .where('payment_id', '=', paymentId)
    .where('company_dispute_id', '=', companyId)
    .executeTakeFirst();

export const insertDispute = async (
  tx: Database,
  paymentId: string,
  { id, amount, answerUntil }: CompanyDispute,
  at: Temporal.Instant,
): Promise<void> => {
  await tx
    .insertInto('payment_dispute')
    .values({
      payment_id: paymentId,
      company_dispute_id: id,
      amount_yen: amount,
      state: 'open',
      answer_until: answerUntil,
      opened_at: at,
    })
    .execute();
};

export const closeDispute = async (
  tx: Database,
  paymentId: string,
  { id, state }: CompanyDispute,
  at: Temporal.Instant,
): Promise<void> => {
  await tx
    .updateTable('payment_dispute')
    .set({ state, closed_at: at })
    .where('payment_id', '=', paymentId)
    .where('company_dispute_id', '=', id)
    .where('state', '=', 'open')
    .execute();
};

/** Whether the payer's bank has taken money of a payment and we have not got it again. */
export const isDisputed = async (db: Database, paymentId: string): Promise<boolean> => {
  const query = selectDisputes(db).where('payment_id', '=', paymentId).where('state', '<>', 'won');
  return (await query.executeTakeFirst()) !== undefined;
};

/** Payments with a dispute that is not decided. */
export const listDisputedPayments = async (db: Database): Promise<string[]> => {
  const disputes = db.selectFrom('payment_dispute').select('payment_id').distinct();
  return (await disputes.where('state', '=', 'open').execute()).map((row) => row.payment_id);
};

/** Undecided disputes, the one to be answered first at the top. */
export const listOpenDisputes = async (db: Database): Promise<OpenDispute[]> => {
  const rows = await db
    .selectFrom('payment_dispute')
    .innerJoin('payment', 'payment.id', 'payment_dispute.payment_id')
    .innerJoin('certificate_order', 'certificate_order.id', 'payment.order_id')
    .select(['order_number', 'payment_dispute.amount_yen', 'answer_until'])
    .where('payment_dispute.state', '=', 'open')
    .orderBy('answer_until')
    .orderBy('opened_at')
    .execute();
  return rows.map(({ order_number: orderNumber, amount_yen: yen, answer_until: until }) => ({
    orderNumber,
    yen,
    answerUntil: until?.toString() ?? null,
  }));
};
