import { AkashiError } from '#domain/error.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { findPaymentByCheckout, readPayment } from './payment-store.ts';
import type { PaymentProvider } from './providers/provider.ts';
import { insertWebhook } from './webhook-store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Stores a genuine webhook and asks for a fetch; what it says is never believed. Throws `not-allowed` for a forged one. */
export const receiveWebhook = async (
  { db, clock, provider: active }: Pick<PaymentDependencies, 'db' | 'clock' | 'provider'>,
  body: string,
  header: (name: string) => string | undefined,
  provider: PaymentProvider = active,
): Promise<'new' | 'known'> => {
  const at = clock.now();
  const event = await provider.verifyWebhook(body, header, at);
  if (event === null) throw new AkashiError('not-allowed', { webhook: provider.name });
  const { eventId, checkoutId, reference } = event;
  return transaction(db, async (tx) => {
    if (!(await insertWebhook(tx, { provider: provider.name, eventId, body, at }))) return 'known';
    const byCheckout =
      checkoutId === null ? null : await findPaymentByCheckout(tx, provider.name, checkoutId);
    const payment =
      byCheckout ?? (reference !== null && UUID.test(reference) ? await readPayment(tx, reference) : null);
    if (payment !== null) {
      const job = event.dispute === true ? 'fetch-disputes' : 'fetch-payment';
      await addJob(tx, job, { paymentId: payment.id }, { key: `${job}:${payment.id}` });
    }
    return 'new';
  });
};
