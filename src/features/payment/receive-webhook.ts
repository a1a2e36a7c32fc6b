import { AkashiError } from '#domain/error.ts';
import { transaction } from '#platform/database/database.ts';
import { askCompany } from './ask-company.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { isPaymentId, readPayment } from './payment-store.ts';
import type { PaymentProvider } from './providers/provider.ts';
import { insertWebhook } from './webhook-store.ts';

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
    const stored = await insertWebhook(tx, { provider: provider.name, eventId, checkoutId, body, at });
    if (stored === null) return 'known';
    const named = reference !== null && isPaymentId(reference) ? reference : null;
    const byName = stored.paymentId === null && named !== null ? await readPayment(tx, named) : null;
    const paymentId = stored.paymentId ?? byName?.id;
    if (paymentId !== undefined) {
      const job = event.dispute === true ? 'fetch-disputes' : 'fetch-payment';
      await askCompany(tx, job, paymentId);
    }
    return 'new';
  });
};
