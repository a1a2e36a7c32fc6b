import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Chaos } from './chaos.ts';
import { happens } from './chaos.ts';
import type { Checkout, CheckoutStore } from './checkout-store.ts';
import { currentCheckout, newId } from './checkout-store.ts';
import type { Webhooks } from './webhooks.ts';

export type Company = {
  readonly store: CheckoutStore;
  readonly webhooks: Webhooks;
  readonly secretKey: string;
  readonly chaos: Chaos;
  readonly url: () => string;
};

const refuse = (status: 400 | 401 | 404 | 409, error: string): HTTPException =>
  new HTTPException(status, { res: Response.json({ error }, { status }) });

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const isWebUrl = (value: unknown): value is string =>
  typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

const textOf = (body: Record<string, unknown>, name: string): string => {
  const value = body[name];
  if (typeof value !== 'string' || value === '' || value.length > 500)
    throw refuse(400, `${name} is missing`);
  return value;
};

const newCheckout = (body: Record<string, unknown>): Checkout => {
  const { amount, returnUrl, cancelUrl } = body;
  if (!Number.isSafeInteger(amount) || (amount as number) <= 0) throw refuse(400, 'amount is not positive');
  if (!isWebUrl(returnUrl) || !isWebUrl(cancelUrl)) throw refuse(400, 'a URL is missing');
  const expiresAt = textOf(body, 'expiresAt');
  if (Number.isNaN(Date.parse(expiresAt))) throw refuse(400, 'expiresAt is not a time');
  return {
    id: newId('chk'),
    state: 'open',
    amount: amount as number,
    currency: textOf(body, 'currency'),
    reference: textOf(body, 'reference'),
    merchant: textOf(body, 'merchant'),
    description: textOf(body, 'description'),
    language: body['language'] === 'en' ? 'en' : 'ja',
    returnUrl,
    cancelUrl,
    expiresAt,
    refunded: 0,
  };
};

/** The company's API for merchants. */
export const createApi = ({ store, webhooks, secretKey, chaos, url }: Company): Hono => {
  const api = new Hono();
  const { state } = store;
  const shown = (checkout: Checkout) => ({ ...checkout, url: `${url()}/pay/${checkout.id}` });
  const find = (id: string): Checkout => {
    const checkout = currentCheckout(store, id);
    if (checkout === undefined) throw refuse(404, 'no such checkout');
    return checkout;
  };
  /** Makes a thing once for a key; the same key with another request is a mistake of the caller. */
  const once = (key: string | undefined, request: string, make: () => string): string => {
    if (key === undefined || key === '') throw refuse(400, 'Idempotency-Key is missing');
    const known = Object.hasOwn(state.keys, key) ? state.keys[key] : undefined;
    if (known !== undefined && known.request !== request) throw refuse(409, 'key used for another request');
    if (known !== undefined) return known.id;
    const id = make();
    state.keys[key] = { request, id };
    store.save();
    return id;
  };

  api.use(async (c, next) => {
    if (!same(c.req.header('authorization') ?? '', `Bearer ${secretKey}`)) throw refuse(401, 'wrong key');
    await next();
    if (c.req.method === 'POST' && c.res.ok && happens(chaos, 'serverErrorAfterSuccess')) {
      c.res = Response.json({ error: 'internal' }, { status: 500 });
    }
  });
  api.post('/checkouts', async (c) => {
    const body = await c.req.json<Record<string, unknown>>().catch(() => ({}));
    const id = once(c.req.header('idempotency-key'), `checkout ${JSON.stringify(body)}`, () => {
      const checkout = newCheckout(body);
      state.checkouts[checkout.id] = checkout;
      return checkout.id;
    });
    return c.json(shown(find(id)), 201);
  });
  api.get('/checkouts/:id', (c) => c.json(shown(find(c.req.param('id')))));
  api.post('/checkouts/:id/cancel', (c) => {
    const checkout = find(c.req.param('id'));
    if (checkout.state === 'open') {
      checkout.state = 'cancelled';
      webhooks.emit('checkout.cancelled', checkout.id);
    }
    return c.json(shown(checkout));
  });
  api.post('/refunds', async (c) => {
    const body = await c.req.json<Record<string, unknown>>().catch(() => ({}) as Record<string, unknown>);
    const id = once(c.req.header('idempotency-key'), `refund ${JSON.stringify(body)}`, () => {
      const checkout = find(textOf(body, 'checkout'));
      const amount = body['amount'];
      if (!Number.isSafeInteger(amount) || (amount as number) <= 0)
        throw refuse(400, 'amount is not positive');
      if (checkout.state !== 'succeeded') throw refuse(409, 'not paid');
      if (checkout.refunded + (amount as number) > checkout.amount) throw refuse(409, 'more than was paid');
      checkout.refunded += amount as number;
      const refund = { id: newId('ref'), checkoutId: checkout.id, amount: amount as number };
      state.refunds[refund.id] = refund;
      webhooks.emit('checkout.refunded', checkout.id);
      return refund.id;
    });
    return c.json(state.refunds[id], 201);
  });
  return api;
};
