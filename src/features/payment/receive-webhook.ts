import { AkashiError } from '#domain/error.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { findPaymentByCheckout, insertWebhook, readPayment } from './payment-store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Stores a genuine webhook and asks for a fetch; what it says is never believed. Throws `not-allowed` for a forged one. */
export const receiveWebhook = async (
  { db, clock, provider }: PaymentDependencies,
  body: string,
  header: (name: string) => string | undefined,
): Promise<'new' | 'known'> => {
  const at = clock.now();
  const event = provider.verifyWebhook(body, header, at);
  if (event === null) throw new AkashiError('not-allowed', { webhook: provider.name });
  return transaction(db, async (tx) => {
    const isNew = await insertWebhook(tx, { provider: provider.name, eventId: event.eventId, body, at });
    if (!isNew) return 'known';
    const byCheckout = await findPaymentByCheckout(tx, provider.name, event.checkoutId);
    const payment =
      byCheckout ?? (UUID.test(event.reference) ? await readPayment(tx, event.reference) : null);
    if (payment !== null) {
      await addJob(tx, 'fetch-payment', { paymentId: payment.id }, { key: `fetch-payment:${payment.id}` });
    }
    return 'new';
  });
};
