import { AkashiError } from '#domain/error.ts';
import type { Order } from '#features/ordering/index.ts';
import { readOrder } from '#features/ordering/index.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { paymentPath, paymentReturnPath } from './paths.ts';
import type { Payment } from './payment-store.ts';
import { ensurePayment, movePayment, readPayment } from './payment-store.ts';

/** Whether a payment for the order can begin now; the deadline itself is already too late. */
export const isPayable = (order: Order, now: Temporal.Instant): boolean =>
  order.state === 'awaiting_payment' && Temporal.Instant.compare(now, order.paymentDeadline) < 0;

/**
 * Opens a checkout for a payment that has none yet. The row says `submitted` before the company hears of it, and the
 * payment's id is the idempotency key: after a crash the same call finds the same checkout.
 */
export const openCheckout = async (
  { db, clock, provider, baseUrl, universityName }: PaymentDependencies,
  payment: Payment,
): Promise<Payment> => {
  if (payment.state !== 'ready' && payment.state !== 'submitted') return payment;
  await movePayment(db, payment.id, ['ready'], 'submitted', clock.now());
  const order = await readOrder(db, payment.orderId);
  const checkout = await provider.create({
    idempotencyKey: payment.id,
    reference: payment.id,
    amount: payment.amount,
    merchant: universityName[payment.language],
    description: order.orderNumber,
    language: payment.language,
    returnUrl: `${baseUrl}${paymentReturnPath(order.orderNumber)}`,
    cancelUrl: `${baseUrl}${paymentPath(order.orderNumber)}`,
    expiresAt: order.paymentDeadline,
  });
  await movePayment(db, payment.id, ['submitted'], 'open', clock.now(), checkout);
  const opened = await readPayment(db, payment.id);
  if (opened === null) throw new AkashiError('not-found', { paymentId: payment.id });
  return opened;
};

/** The open payment of an order: the one already under way, or a new one. */
export const startPayment = async (
  dependencies: PaymentDependencies,
  order: Order,
  language: 'ja' | 'en',
): Promise<Payment> => {
  const { db, clock, provider } = dependencies;
  const at = clock.now();
  if (!isPayable(order, at)) throw new AkashiError('wrong-state', { state: order.state });
  const wanted = { orderId: order.id, provider: provider.name, amount: order.total, language, at };
  const payment = await ensurePayment(db, wanted);
  if (payment === null) throw new AkashiError('wrong-state', { state: 'settled meanwhile' });
  return openCheckout(dependencies, payment);
};
