import { z } from 'zod';
import { AkashiError } from '#domain/error.ts';
import type { Checkout, PaymentProvider } from '../provider.ts';
import { isSignedWebhook } from './webhook-signature.ts';

export type SandboxOptions = {
  /** The company's address, without a slash at the end. */
  readonly url: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
};

const TIMEOUT_MS = 8000;

const checkoutSchema = z.object({
  id: z.string().min(1),
  reference: z.string(),
  state: z.enum(['open', 'succeeded', 'cancelled', 'expired']),
  amount: z.number().int(),
  currency: z.string(),
  url: z.url(),
});
const eventSchema = z.object({
  id: z.string().min(1),
  checkout: z.object({ id: z.string().min(1), reference: z.string() }),
});

const checkoutOf = (answer: unknown): Checkout => {
  const { state, ...rest } = checkoutSchema.parse(answer);
  return { ...rest, state: state === 'succeeded' ? 'paid' : state === 'open' ? 'open' : 'closed' };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** The payment company of `dev/payment-company`. */
export const createSandboxProvider = ({ url, secretKey, webhookSecret }: SandboxOptions): PaymentProvider => {
  const call = async (method: 'GET' | 'POST', path: string, body?: object, key?: string) => {
    const headers: Record<string, string> = { Authorization: `Bearer ${secretKey}` };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (key !== undefined) headers['Idempotency-Key'] = key;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const text = body === undefined ? null : JSON.stringify(body);
      const answer = await fetch(`${url}${path}`, { method, headers, signal, redirect: 'error', body: text });
      if (!answer.ok) throw new AkashiError('unavailable', { provider: 'sandbox', status: answer.status });
      return (await answer.json()) as unknown;
    } catch (error) {
      if (error instanceof AkashiError) throw error;
      throw new AkashiError('unavailable', { provider: 'sandbox' }, { cause: error });
    }
  };
  const at = (checkoutId: string): string => `/v1/checkouts/${encodeURIComponent(checkoutId)}`;
  return {
    name: 'sandbox',
    capabilities: () => ({ methods: ['card'], refunds: true }),
    create: async ({ idempotencyKey, expiresAt, ...rest }) => {
      const body = { ...rest, currency: 'JPY', expiresAt: expiresAt.toString() };
      return checkoutOf(await call('POST', '/v1/checkouts', body, idempotencyKey));
    },
    get: async (checkoutId) => checkoutOf(await call('GET', at(checkoutId))),
    cancel: async (checkoutId) => checkoutOf(await call('POST', `${at(checkoutId)}/cancel`)),
    refund: async ({ idempotencyKey, checkoutId, amount }) => {
      await call('POST', '/v1/refunds', { checkout: checkoutId, amount }, idempotencyKey);
    },
    verifyWebhook: (body, header, now) => {
      if (!isSignedWebhook(webhookSecret, body, header('payment-signature'), now)) return null;
      const event = eventSchema.safeParse(parseJson(body));
      if (!event.success) return null;
      const { id, checkout } = event.data;
      return { eventId: id, checkoutId: checkout.id, reference: checkout.reference };
    },
  };
};
