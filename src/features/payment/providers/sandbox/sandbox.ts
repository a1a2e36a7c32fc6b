import { AkashiError } from '#domain/error.ts';
import type { PaymentProvider } from '../provider.ts';
import { SANDBOX_CHAINS } from './chains.ts';
import { checkoutOf, eventSchema, refundOf, settlementsOf } from './schemas.ts';
import { isSignedWebhook } from './webhook-signature.ts';

export type SandboxOptions = {
  /** The company's address, without a slash at the end. */
  readonly url: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
};

const TIMEOUT_MS = 8000;

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const reasonOf = (answer: unknown): string => {
  const error = (answer as { error?: unknown } | null)?.error;
  return typeof error === 'string' ? error : 'refused';
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
      const json: unknown = parseJson(await answer.text());
      if (answer.ok && json !== null) return json;
      const refused = answer.status === 400 || answer.status === 404 || answer.status === 409;
      const detail = { provider: 'sandbox', status: answer.status, reason: reasonOf(json) };
      throw new AkashiError(refused ? 'wrong-state' : 'unavailable', detail);
    } catch (error) {
      if (error instanceof AkashiError) throw error;
      throw new AkashiError('unavailable', { provider: 'sandbox' }, { cause: error });
    }
  };
  const at = (checkoutId: string): string => `/v1/checkouts/${encodeURIComponent(checkoutId)}`;
  return {
    name: 'sandbox',
    capabilities: () => ({
      methods: ['card', 'storeCash', 'qrWallet'],
      refundable: ['card', 'qrWallet'],
      cashChains: SANDBOX_CHAINS,
    }),
    create: async ({ idempotencyKey, requestedAt, expiresAt, ...rest }) => {
      const times = { requestedAt: requestedAt.toString(), expiresAt: expiresAt.toString() };
      const body = { ...rest, ...times, currency: 'JPY' };
      return checkoutOf(await call('POST', '/v1/checkouts', body, idempotencyKey));
    },
    get: async (checkoutId) => checkoutOf(await call('GET', at(checkoutId))),
    cancel: async (checkoutId) => checkoutOf(await call('POST', `${at(checkoutId)}/cancel`)),
    refund: async ({ idempotencyKey, checkoutId, reference, amount }) =>
      refundOf(
        await call('POST', '/v1/refunds', { checkout: checkoutId, reference, amount }, idempotencyKey),
      ),
    verifyWebhook: async (body, header, now) => {
      if (!isSignedWebhook(webhookSecret, body, header('payment-signature'), now)) return null;
      const event = eventSchema.safeParse(parseJson(body));
      if (!event.success) return null;
      const { id, checkout } = event.data;
      return { eventId: id, checkoutId: checkout.id, reference: checkout.reference };
    },
    settlements: async (since) =>
      settlementsOf(await call('GET', `/v1/settlements?since=${encodeURIComponent(since.toString())}`)),
  };
};
