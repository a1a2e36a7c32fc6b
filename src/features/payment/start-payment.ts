import { deadlineAfterDays } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import type { Order } from '#features/ordering/index.ts';
import { extendPaymentDeadline, lockOrder } from '#features/ordering/index.ts';
import { transaction } from '#platform/database/database.ts';
import { cancelCheckout } from './cancel-checkout.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { openSubmitted } from './open-checkout.ts';
import type { Payment } from './payment-store.ts';
import { ensurePayment, moveLocked } from './payment-store.ts';
import type { PaymentMethod } from './providers/provider.ts';

/** Whether a payment for the order can begin now; the deadline itself is already too late. */
export const isPayable = (order: Order, now: Temporal.Instant): boolean =>
  order.state === 'awaiting_payment' && Temporal.Instant.compare(now, order.paymentDeadline) < 0;

/**
 * Until when cash can be paid if it is chosen now; the order waits as long. A deadline never
 * comes nearer, and never crosses a type's year-end stop.
 */
export const cashDeadlineFor = (
  { clock, cashDays }: Pick<PaymentDependencies, 'clock' | 'cashDays'>,
  { paymentDeadline, paymentLatest }: Pick<Order, 'paymentDeadline' | 'paymentLatest'>,
): Temporal.Instant => {
  const wanted = deadlineAfterDays(clock.now(), cashDays);
  const beyond = paymentLatest !== null && Temporal.Instant.compare(wanted, paymentLatest) > 0;
  const deadline = beyond ? paymentLatest : wanted;
  return Temporal.Instant.compare(deadline, paymentDeadline) > 0 ? deadline : paymentDeadline;
};

/**
 * The open payment of an order: the one already under way, or a new one. Another method closes the checkout of the
 * first before the second is opened, so that nobody can pay both. Throws `wrong-state` where the order is not
 * payable, or was paid meanwhile.
 */
export const startPayment = async (
  dependencies: PaymentDependencies,
  order: Order,
  language: 'ja' | 'en',
  method: PaymentMethod = 'card',
): Promise<Payment> => {
  const { db, clock, provider } = dependencies;
  const at = clock.now();
  if (!isPayable(order, at)) throw new AkashiError('wrong-state', { state: order.state });
  if (!provider.capabilities().methods.includes(method)) throw new AkashiError('bad-request', { method });
  const isWanted = (payment: Payment): boolean =>
    payment.method === method && payment.provider === provider.name;
  const begin = (): Promise<Payment | null> =>
    transaction(db, async (tx) => {
      const now = await lockOrder(tx, order.id);
      if (!isPayable(now, at)) throw new AkashiError('wrong-state', { state: now.state });
      const expiresAt = method === 'storeCash' ? cashDeadlineFor(dependencies, now) : now.paymentDeadline;
      const wanted = { orderId: order.id, provider: provider.name, method, amount: order.total };
      const payment = await ensurePayment(tx, { ...wanted, language, at, expiresAt });
      if (payment === null || !isWanted(payment)) return payment;
      if (!expiresAt.equals(now.paymentDeadline)) await extendPaymentDeadline(tx, order.id, expiresAt);
      if (payment.state !== 'ready') return payment;
      // Committed before the company hears of it.
      await moveLocked(tx, payment.id, ['ready'], 'submitted', at);
      return { ...payment, state: 'submitted' };
    });
  let payment = await begin();
  if (payment !== null && !isWanted(payment)) {
    await cancelCheckout(dependencies, order.id);
    payment = await begin();
  }
  if (payment === null) throw new AkashiError('wrong-state', { state: 'settled meanwhile' });
  return payment.state === 'submitted' ? openSubmitted(dependencies, payment, order) : payment;
};
