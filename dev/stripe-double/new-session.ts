import type { FormValue } from './form.ts';
import { recordAt, textAt } from './form.ts';
import type { Session } from './objects.ts';
import { newId, seconds } from './objects.ts';
import { invalid } from './refusal.ts';

type Form = Record<string, FormValue>;

const EARLIEST = 30 * 60;
const LATEST = 24 * 3600;

/** A checkout session as the request asks for it; throws a `Refusal` for one that Stripe would refuse. */
export const newSession = (form: Form, publicUrl: string): Session => {
  const price = (name: string): string | undefined => textAt(form, 'line_items', '0', 'price_data', name);
  const amount = Number(price('unit_amount')) * Number(textAt(form, 'line_items', '0', 'quantity') ?? 1);
  if (!Number.isSafeInteger(amount) || amount < 50)
    throw invalid('The amount must be at least ¥50 jpy.', 'amount_too_small');
  const created = seconds();
  const expiresAt = Number(textAt(form, 'expires_at') ?? created + LATEST);
  if (expiresAt < created + EARLIEST - 60 || expiresAt > created + LATEST + 60) {
    throw invalid(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
    );
  }
  const successUrl = textAt(form, 'success_url');
  if (textAt(form, 'mode') !== 'payment' || successUrl === undefined)
    throw invalid('mode or success_url is missing');
  if (form['payment_method_types'] !== undefined) {
    throw invalid('Received unknown parameter: payment_method_types', 'parameter_unknown');
  }
  const methods = Object.values(recordAt(form, 'allowed_payment_method_types'));
  const id = newId('cs_test');
  return {
    id,
    object: 'checkout.session',
    status: 'open',
    payment_status: 'unpaid',
    payment_intent: null,
    client_reference_id: textAt(form, 'client_reference_id') ?? null,
    amount_total: amount,
    currency: price('currency') ?? 'jpy',
    created,
    expires_at: expiresAt,
    livemode: false,
    locale: textAt(form, 'locale') ?? 'auto',
    metadata: recordAt(form, 'metadata'),
    mode: 'payment',
    allowed_payment_method_types: methods,
    payment_method_types: methods,
    success_url: successUrl,
    cancel_url: textAt(form, 'cancel_url') ?? '',
    url: `${publicUrl}/c/pay/${id}`,
  };
};
