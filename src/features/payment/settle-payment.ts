import { readOrder, transitionOrder } from '#features/ordering/index.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { post } from './ledger-store.ts';
import type { Payment, PaymentState } from './payment-store.ts';
import { insertRefund, lockPayment, movePayment, readPayment } from './payment-store.ts';
import type { Checkout } from './providers/provider.ts';
import { openCheckout } from './start-payment.ts';

const ACTOR = 'system';
/** A company may find out late that a closed payment was paid after all. */
const SETTLEABLE: readonly PaymentState[] = ['ready', 'submitted', 'open', 'closed'];

/** Money that came too late, twice or in another amount is never dropped: it is owed back. */
const settleUnexpected = async (
  tx: DatabaseTransaction,
  payment: Payment,
  amount: number,
  at: Temporal.Instant,
): Promise<void> => {
  await post(tx, { paymentId: payment.id, kind: 'late-settlement', amount, at });
  const { id: orderId, state } = await readOrder(tx, payment.orderId);
  const differs = amount !== payment.amount;
  if (!differs && (state === 'expired' || state === 'cancelled')) {
    await transitionOrder(tx, { orderId, event: 'settle-late', at, actor: ACTOR });
    if (state === 'expired') return;
    await transitionOrder(tx, { orderId, event: 'return-money', at, actor: ACTOR });
  }
  const reason = differs ? 'amount-differs' : state === 'cancelled' ? 'order-cancelled' : 'paid-twice';
  await insertRefund(tx, { paymentId: payment.id, amount, reason, at });
};

/** Takes what the company says of a checkout into our books, in one transaction; again and again without effect. */
export const applyCheckout = (
  { db, clock, log }: PaymentDependencies,
  paymentId: string,
  checkout: Checkout,
): Promise<PaymentState | null> =>
  transaction(db, async (tx) => {
    const found = await lockPayment(tx, paymentId);
    if (found === null) return null;
    const at = clock.now();
    if (checkout.reference !== paymentId || !SETTLEABLE.includes(found.state)) return found.state;
    if (checkout.state === 'closed') {
      await movePayment(tx, paymentId, ['ready', 'submitted', 'open'], 'closed', at);
      return 'closed';
    }
    if (checkout.state === 'open') return found.state;
    if (checkout.currency !== 'JPY') {
      log.error({ paymentId, currency: checkout.currency }, 'paid in another currency');
      await movePayment(tx, paymentId, SETTLEABLE, 'disputed', at);
      return 'disputed';
    }
    await movePayment(tx, paymentId, SETTLEABLE, 'settled', at, checkout);
    const { amount } = checkout;
    // Locked, so that a payment of the same order or its expiry at this moment waits for us.
    const order = await tx
      .selectFrom('certificate_order')
      .select('state')
      .where('id', '=', found.orderId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (order.state !== 'awaiting_payment' || amount !== found.amount) {
      log.warn({ paymentId, orderState: order.state, amount }, 'money that was not expected');
      await settleUnexpected(tx, found, amount, at);
      return 'settled';
    }
    await post(tx, { paymentId, kind: 'charge', amount, at });
    await post(tx, { paymentId, kind: 'settlement', amount, at });
    await transitionOrder(tx, { orderId: found.orderId, event: 'settle', at, actor: ACTOR });
    await addJob(tx, 'issue-order', { orderId: found.orderId });
    return 'settled';
  });

/** Asks the company how a payment stands and takes the answer over. Opens the checkout first if a crash left none. */
export const settlePayment = async (
  dependencies: PaymentDependencies,
  paymentId: string,
): Promise<PaymentState | null> => {
  const found = await readPayment(dependencies.db, paymentId);
  if (found === null) return null;
  const payment = await openCheckout(dependencies, found);
  if (payment.checkoutId === null || !SETTLEABLE.includes(payment.state)) return payment.state;
  return applyCheckout(dependencies, paymentId, await dependencies.provider.get(payment.checkoutId));
};
