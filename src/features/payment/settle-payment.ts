import type { Order } from '#features/ordering/index.ts';
import {
  askToIssue,
  lockOrder,
  readOrder,
  transitionLocked,
  transitionOrder,
} from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { applyLateDecision } from './decide-late-payment.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { providerOf } from './dependencies.ts';
import { post } from './ledger-store.ts';
import { mailOwner } from './mails/money-mail.ts';
import { openCheckout } from './open-checkout.ts';
import type { Payment, PaymentState } from './payment-store.ts';
import { lockPayment, moveLocked, readPayment, saveSlips } from './payment-store.ts';
import type { Checkout } from './providers/provider.ts';
import { noteRefund } from './refund-order.ts';

const ACTOR = 'system';
/** A company may find out late that a closed payment was paid after all. */
const SETTLEABLE: readonly PaymentState[] = ['ready', 'submitted', 'open', 'closed'];

const isInTime = ({ paidAt }: Checkout, { paymentDeadline }: Order): boolean =>
  paidAt !== null && Temporal.Instant.compare(paidAt, paymentDeadline) <= 0;

/** Money that came too late, twice or in another amount is never dropped: it is owed back. */
const settleUnexpected = async (
  tx: DatabaseTransaction,
  dependencies: PaymentDependencies,
  payment: Payment,
  checkout: Checkout,
): Promise<void> => {
  const { amount } = checkout;
  const at = dependencies.clock.now();
  await post(tx, { paymentId: payment.id, kind: 'late-settlement', amount, at });
  const order = await readOrder(tx, payment.orderId);
  const { id: orderId, state } = order;
  const differs = amount !== payment.amount;
  if (!differs && (state === 'expired' || state === 'cancelled')) {
    await transitionOrder(tx, { orderId, event: 'settle-late', at, actor: ACTOR });
    if (state === 'expired' && isInTime(checkout, order)) {
      // The company was told of the money in time and told us later: that is not the payer's fault.
      const reason = 'paid before the deadline, reported after it';
      return applyLateDecision(tx, dependencies, { orderId, decision: 'accept', actor: ACTOR, reason });
    }
    return mailOwner(tx, dependencies, orderId, 'late', amount);
  }
  const reason = differs ? 'amount-differs' : 'paid-twice';
  const refund = { paymentId: payment.id, orderId, kind: 'rest', amount, reason } as const;
  await noteRefund(tx, dependencies, { ...refund, earned: false });
};

/** Takes what the company says of a checkout into our books, in one transaction; again and again without effect. */
export const applyCheckout = (
  dependencies: PaymentDependencies,
  known: Payment,
  checkout: Checkout,
): Promise<PaymentState> =>
  transaction(dependencies.db, async (tx) => {
    const { clock, log } = dependencies;
    const paymentId = known.id;
    // The order first, so that another payment of it, its expiry or a refund at this moment waits for us.
    const [{ state }, locked] = await Promise.all([lockOrder(tx, known.orderId), lockPayment(tx, paymentId)]);
    const found = locked ?? known;
    const at = clock.now();
    if (checkout.reference !== paymentId || !SETTLEABLE.includes(found.state)) return found.state;
    if (checkout.state === 'closed') {
      await moveLocked(tx, paymentId, ['ready', 'submitted', 'open'], 'closed', at);
      return 'closed';
    }
    if (checkout.state === 'open') {
      if (checkout.slips.length > 0 && found.slips.length === 0) {
        await saveSlips(tx, paymentId, checkout.slips);
        await mailOwner(tx, dependencies, found.orderId, 'slip', found.amount);
      }
      return found.state;
    }
    const subject = `order:${found.orderId}`;
    if (checkout.currency !== 'JPY') {
      log.error({ paymentId, currency: checkout.currency }, 'paid in another currency');
      await moveLocked(tx, paymentId, SETTLEABLE, 'disputed', at);
      const data = { paymentId, currency: checkout.currency };
      await recordEvent(tx, { at, type: 'payment.disputed', subject, actor: ACTOR, data });
      return 'disputed';
    }
    await moveLocked(tx, paymentId, SETTLEABLE, 'settled', at, checkout);
    const { amount } = checkout;
    const data = { paymentId, amount, provider: found.provider };
    await recordEvent(tx, { at, type: 'payment.settled', subject, actor: ACTOR, data });
    if (state !== 'awaiting_payment' || amount !== found.amount) {
      log.warn({ paymentId, orderState: state, amount }, 'money that was not expected');
      await settleUnexpected(tx, dependencies, found, checkout);
      return 'settled';
    }
    await post(tx, { paymentId, kind: 'charge', amount, at }, { paymentId, kind: 'settlement', amount, at });
    await transitionLocked(tx, state, { orderId: found.orderId, event: 'settle', at, actor: ACTOR });
    await askToIssue(tx, found.orderId);
    return 'settled';
  });

/** Asks the company how a payment stands and takes the answer over. Opens the checkout first if a crash left none. */
export const settlePayment = async (
  dependencies: PaymentDependencies,
  paymentId: string,
): Promise<PaymentState | null> => {
  const found = await readPayment(dependencies.db, paymentId);
  return found === null ? null : settleFound(dependencies, found);
};

/** The same of a payment that was just read. */
export const settleFound = async (
  dependencies: PaymentDependencies,
  found: Payment,
): Promise<PaymentState> => {
  const payment = await openCheckout(dependencies, found);
  if (payment.checkoutId === null || !SETTLEABLE.includes(payment.state)) return payment.state;
  const checkout = await providerOf(dependencies, payment.provider).get(payment.checkoutId);
  return applyCheckout(dependencies, payment, checkout);
};
