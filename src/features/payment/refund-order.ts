import type { Order } from '#features/ordering/index.ts';
import { lockOrder, moveOrder, readOrderLines } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { closeRefundedOrder } from './close-refunded-order.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { post } from './ledger-store.ts';
import { mailOwner } from './mails/money-mail.ts';
import { findPaidWith } from './payment-store.ts';
import type { RefundReason } from './refund-store.ts';
import { insertRefund, insertRefundLines, keptOf, listRefundedLines } from './refund-store.ts';

type Dependencies = Pick<PaymentDependencies, 'db' | 'clock' | 'baseUrl'>;
type Noted = {
  readonly paymentId: string;
  readonly orderId: string;
  readonly kind: 'rest' | 'lines';
  readonly lineIds?: readonly string[];
  readonly amount: number;
  readonly reason: RefundReason;
  readonly actor?: string;
  /** The money was earned until now; otherwise the books already say that it is owed back. */
  readonly earned: boolean;
};

/** Notes a refund with its posting, its audit event and the job that sends it. */
export const noteRefund = async (
  tx: DatabaseTransaction,
  { clock, baseUrl }: Omit<Dependencies, 'db'>,
  { lineIds = [], earned, actor = 'system', ...refund }: Noted,
): Promise<string | null> => {
  const at = clock.now();
  const { paymentId, orderId, amount, reason } = refund;
  const id = await insertRefund(tx, { ...refund, at });
  if (id === null) return null;
  await insertRefundLines(tx, id, lineIds);
  if (earned) await post(tx, { paymentId, kind: 'return', reference: id, amount, at });
  const data = { refundId: id, amount, reason, lines: lineIds.length };
  await recordEvent(tx, { at, type: 'refund.noted', subject: `order:${orderId}`, actor, data });
  await addJob(tx, 'send-refund', { refundId: id }, { key: `send-refund:${id}` });
  await mailOwner(
    tx,
    { clock, baseUrl },
    orderId,
    reason === 'not-issued' ? 'notIssued' : 'refundBegun',
    amount,
  );
  return id;
};

/** Also `refund_submitted`: a line's money may have been on its way when the order was cancelled. */
const RETURNING: readonly Order['state'][] = ['refund_ready', 'refund_submitted'];

/** All that is left of an order's money goes back; its order says so already. Again without effect. */
export const refundOrder = ({ db, ...rest }: Dependencies, orderId: string): Promise<void> =>
  transaction(db, async (tx) => {
    const { state } = await lockOrder(tx, orderId);
    const payment = await findPaidWith(tx, orderId);
    if (payment === null || !RETURNING.includes(state)) return;
    const amount = await keptOf(tx, payment);
    if (amount <= 0) return closeAt(tx, rest, orderId);
    const reason = 'order-cancelled';
    await noteRefund(tx, rest, {
      paymentId: payment.id,
      orderId,
      kind: 'rest',
      amount,
      reason,
      earned: true,
    });
  });

const closeAt = (tx: DatabaseTransaction, { clock }: Pick<Dependencies, 'clock'>, orderId: string) =>
  closeRefundedOrder(tx, { orderId, event: 'confirm-refund', at: clock.now(), actor: 'system' });

/**
 * Lines that cannot be issued: their fee goes back, and everything else too when no line of the order is left. A line
 * counts once, whoever asks.
 */
export const refundLines = (
  { db, ...rest }: Dependencies,
  { orderId, lineIds }: { readonly orderId: string; readonly lineIds: readonly string[] },
): Promise<void> =>
  transaction(db, async (tx) => {
    const { state } = await lockOrder(tx, orderId);
    // A person decides about late money as a whole; what it was for is not issued before.
    if (state === 'paid_late') return;
    const refunded = await listRefundedLines(tx, orderId);
    const lines = await readOrderLines(tx, orderId);
    const dropped = lines.filter(({ id }) => lineIds.includes(id) && !refunded.has(id));
    if (dropped.length === 0) return;
    const last = lines.every(({ id }) => refunded.has(id) || lineIds.includes(id));
    const payment = await findPaidWith(tx, orderId);
    if (payment === null) {
      if (last) await moveOrder(tx, { orderId, event: 'give-up', at: rest.clock.now(), actor: 'system' });
      return;
    }
    const fees = dropped.reduce((sum, { copies, feeEach }) => sum + copies * feeEach, 0);
    // Of an order that was cancelled meanwhile everything is on its way already.
    const kept = await keptOf(tx, payment);
    const amount = last ? kept : Math.min(fees, kept);
    if (last) await moveOrder(tx, { orderId, event: 'return-money', at: rest.clock.now(), actor: 'system' });
    if (amount <= 0) return closeAt(tx, rest, orderId);
    await noteRefund(tx, rest, {
      paymentId: payment.id,
      orderId,
      kind: last ? 'rest' : 'lines',
      lineIds: dropped.map(({ id }) => id),
      amount,
      reason: 'not-issued',
      earned: true,
    });
  });
