import { AkashiError } from '#domain/error.ts';
import type { Order } from '#features/ordering/index.ts';
import { readOrder } from '#features/ordering/index.ts';
import type { Database } from '#platform/database/database.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { providerOf } from './dependencies.ts';
import { paymentPath, paymentReturnPath } from './paths.ts';
import type { Payment } from './payment-store.ts';
import { movePayment, readPayment } from './payment-store.ts';
import type { Checkout } from './providers/provider.ts';

const askForCheckout = async (
  dependencies: PaymentDependencies,
  payment: Payment,
  order: Order,
): Promise<Checkout> => {
  const { baseUrl, universityName } = dependencies;
  return providerOf(dependencies, payment.provider).create({
    idempotencyKey: payment.id,
    reference: payment.id,
    method: payment.method,
    amount: payment.amount,
    merchant: universityName[payment.language],
    description: order.orderNumber,
    language: payment.language,
    returnUrl: `${baseUrl}${paymentReturnPath(order.orderNumber)}`,
    cancelUrl: `${baseUrl}${paymentPath(order.orderNumber)}`,
    requestedAt: payment.createdAt,
    expiresAt: payment.expiresAt ?? order.paymentDeadline,
  });
};

const readAgain = async (db: Database, paymentId: string): Promise<Payment> => {
  const payment = await readPayment(db, paymentId);
  if (payment === null) throw new AkashiError('not-found', { paymentId });
  return payment;
};

/**
 * Opens a checkout for a payment that has none yet. The row says `submitted` before the company hears of it, and the
 * payment's id is the idempotency key: after a crash the same call, with the same words, finds the same checkout.
 * `known` is its order, where that has been read.
 */
export const openCheckout = async (
  dependencies: PaymentDependencies,
  payment: Payment,
  known?: Order,
): Promise<Payment> => {
  if (payment.state !== 'ready' && payment.state !== 'submitted') return payment;
  const { db, clock } = dependencies;
  const moved = await movePayment(db, payment.id, ['ready'], 'submitted', clock.now());
  // Its order may have ended since it was read, and closed it: then the company shall never hear of it.
  const submitted = moved ?? (await readAgain(db, payment.id));
  return submitted.state === 'submitted' ? openSubmitted(dependencies, submitted, known) : submitted;
};

/** The same of a payment whose row has just been found, or made, `submitted`. */
export const openSubmitted = async (
  dependencies: PaymentDependencies,
  payment: Payment,
  known?: Order,
): Promise<Payment> => {
  const { db, clock } = dependencies;
  try {
    const order = known ?? (await readOrder(db, payment.orderId));
    const checkout = await askForCheckout(dependencies, payment, order);
    const open = await movePayment(db, payment.id, ['submitted'], 'open', clock.now(), checkout);
    return open ?? (await readAgain(db, payment.id));
  } catch (error) {
    // Refused for good: nothing exists there, and the person may begin again.
    if (!(error instanceof AkashiError) || error.code !== 'wrong-state') throw error;
    await movePayment(db, payment.id, ['submitted'], 'closed', clock.now());
    throw new AkashiError('unavailable', error.detail, { cause: error });
  }
};
