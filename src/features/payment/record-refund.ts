import { AkashiError } from '#domain/error.ts';
import { lockOrder } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import { transaction } from '#platform/database/database.ts';
import { closeRefundedOrder } from './close-refunded-order.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { post } from './ledger-store.ts';
import { mailOwner } from './mails/money-mail.ts';
import { listRefunds, saveRefund } from './refund-store.ts';

export type RefundRecord = {
  readonly orderId: string;
  readonly by: string;
  readonly second: string;
  readonly reason: string;
};

const nameOf = (typed: string): string => typed.normalize('NFKC').replace(/\s+/g, ' ').trim();

/**
 * Two different people say that the money of an order went back by bank transfer. Returns the yen recorded; throws
 * `bad-request` for one person alone or no reason, `wrong-state` where nothing waits for it.
 */
export const recordRefund = async (
  { db, clock, baseUrl }: Pick<PaymentDependencies, 'db' | 'clock' | 'baseUrl'>,
  { orderId, ...typed }: RefundRecord,
): Promise<number> => {
  const record = { by: nameOf(typed.by), second: nameOf(typed.second), reason: nameOf(typed.reason) };
  if (Object.values(record).includes(''))
    throw new AkashiError('bad-request', { reason: 'a name is missing' });
  if (record.by.toLowerCase() === record.second.toLowerCase()) {
    throw new AkashiError('bad-request', { reason: 'two different people must record it' });
  }
  return transaction(db, async (tx) => {
    await lockOrder(tx, orderId);
    const waiting = (await listRefunds(tx, orderId)).filter(({ state }) => state === 'by_hand');
    if (waiting.length === 0)
      throw new AkashiError('wrong-state', { refund: 'none waits for a bank transfer' });
    const at = clock.now();
    const actor = `staff:${record.by}`;
    for (const { id, paymentId, amount } of waiting) {
      await saveRefund(tx, id, { state: 'done', doneAt: at, record });
      await post(tx, { paymentId, kind: 'refund-by-hand', reference: id, amount, at });
      const data = { refundId: id, amount, second: record.second, reason: record.reason };
      const subject = `order:${orderId}`;
      await recordEvent(tx, { at, type: 'refund.recorded-by-hand', subject, actor, data });
    }
    await closeRefundedOrder(tx, { orderId, event: 'record-refund', at, actor });
    const sum = waiting.reduce((total, { amount }) => total + amount, 0);
    await mailOwner(tx, { clock, baseUrl }, orderId, 'refunded', sum);
    return sum;
  });
};
