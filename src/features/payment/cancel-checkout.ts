import type { PaymentDependencies } from './dependencies.ts';
import { providerOf } from './dependencies.ts';
import { openCheckout } from './open-checkout.ts';
import { findUnderWay, movePayment } from './payment-store.ts';
import { applyCheckout } from './settle-payment.ts';

/**
 * Closes the open checkout of an order at the company, so that nobody can pay it any more. Whatever the company says
 * then is taken over: money that was quicker is settled like any other.
 */
export const cancelCheckout = async (dependencies: PaymentDependencies, orderId: string): Promise<void> => {
  const { db, clock } = dependencies;
  const found = await findUnderWay(db, orderId);
  if (found === null) return;
  // Never asked for: there is nothing to close.
  if ((await movePayment(db, found.id, ['ready'], 'closed', clock.now())) !== null) return;
  // Asked for without a known answer: the same question finds the checkout that may exist.
  const payment = await openCheckout(dependencies, found);
  if (payment.checkoutId === null) return;
  const checkout = await providerOf(dependencies, payment.provider).cancel(payment.checkoutId);
  await applyCheckout(dependencies, payment, checkout);
};
