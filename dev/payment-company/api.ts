import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Acts } from './acts.ts';
import type { Chaos } from './chaos.ts';
import { happens } from './chaos.ts';
import type { Checkout, CheckoutStore, Method } from './checkout-store.ts';
import { closeDay, currentCheckout, newId, refundable, refundsOf } from './checkout-store.ts';
import type { Webhooks } from './webhooks.ts';

export type Company = {
  readonly store: CheckoutStore;
  readonly webhooks: Webhooks;
  readonly acts: Acts;
  readonly secretKey: string;
  readonly chaos: Chaos;
  readonly url: () => string;
};

const METHODS: readonly Method[] = ['card', 'storeCash', 'qrWallet'];

const refuse = (status: 400 | 401 | 404 | 409, error: string): HTTPException =>
  new HTTPException(status, { res: Response.json({ error }, { status }) });

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const isWebUrl = (value: unknown): value is string =>
  typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

type Body = Record<string, unknown>;

const bodyOf = (c: Context): Promise<Body> => c.req.json<Body>().catch(() => ({}) as Body);

const textOf = (body: Body, name: string): string => {
  const value = body[name];
  if (typeof value !== 'string' || value === '' || value.length > 500)
    throw refuse(400, `${name} is missing`);
  return value;
};

const amountOf = ({ amount }: Body): number => {
  if (!Number.isSafeInteger(amount) || (amount as number) <= 0) throw refuse(400, 'amount is not positive');
  return amount as number;
};

const newCheckout = (body: Body): Checkout => {
  const { returnUrl, cancelUrl } = body;
  const amount = amountOf(body);
  if (!isWebUrl(returnUrl) || !isWebUrl(cancelUrl)) throw refuse(400, 'a URL is missing');
  const expiresAt = textOf(body, 'expiresAt');
  if (Number.isNaN(Date.parse(expiresAt))) throw refuse(400, 'expiresAt is not a time');
  const method = METHODS.find((candidate) => candidate === body['method']);
  if (method === undefined) throw refuse(400, 'method is unknown');
  return {
    id: newId('chk'),
    method,
    state: 'open',
    amount,
    currency: textOf(body, 'currency'),
    reference: textOf(body, 'reference'),
    merchant: textOf(body, 'merchant'),
    description: textOf(body, 'description'),
    language: body['language'] === 'en' ? 'en' : 'ja',
    returnUrl,
    cancelUrl,
    expiresAt,
    paidAt: null,
    slips: [],
    settlement: null,
  };
};

/** The company's API for merchants. */
export const createApi = (company: Company): Hono => {
  const { store, webhooks, acts, secretKey, chaos, url } = company;
  const api = new Hono();
  const { state } = store;
  const shown = (checkout: Checkout) => ({
    ...checkout,
    url: `${url()}/pay/${checkout.id}`,
    refunds: refundsOf(store, checkout.id),
  });
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
  const makeRefund = (body: Body): string => {
    const checkout = find(textOf(body, 'checkout'));
    const amount = amountOf(body);
    if (checkout.state !== 'succeeded') throw refuse(409, 'not paid');
    if (checkout.method === 'storeCash') throw refuse(409, 'cash cannot be given back');
    if (amount > refundable(store, checkout)) throw refuse(409, 'more than was paid');
    const end = state.nextRefunds.shift() ?? 'succeeded';
    const reference = textOf(body, 'reference');
    const refund = { id: newId('ref'), reference, checkoutId: checkout.id, amount, state: end };
    state.refunds[refund.id] = { ...refund, settlement: null };
    webhooks.emit(`refund.${end}`, checkout.id);
    return refund.id;
  };

  api.use(async (c, next) => {
    if (!same(c.req.header('authorization') ?? '', `Bearer ${secretKey}`)) throw refuse(401, 'wrong key');
    await next();
    const isTest = c.req.path.includes('/test/');
    if (c.req.method === 'POST' && c.res.ok && !isTest && happens(chaos, 'serverErrorAfterSuccess')) {
      c.res = Response.json({ error: 'internal' }, { status: 500 });
    }
  });
  api.post('/checkouts', async (c) => {
    const body = await bodyOf(c);
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
    acts.cancel(checkout);
    return c.json(shown(checkout));
  });
  api.post('/refunds', async (c) => {
    const body = await bodyOf(c);
    const request = `refund ${JSON.stringify(body)}`;
    const id = once(c.req.header('idempotency-key'), request, () => makeRefund(body));
    return c.json(state.refunds[id], 201);
  });
  api.get('/settlements', (c) => {
    const since = Date.parse(c.req.query('since') ?? '') || 0;
    return c.json({ settlements: state.settlements.filter((one) => Date.parse(one.paidOutAt) >= since) });
  });
  addTestActs(api, company, find);
  return api;
};

/** Acts of payers, stores and banks, for tests that have no hands. */
const addTestActs = (api: Hono, { store, acts }: Company, find: (id: string) => Checkout): void => {
  api.post('/test/checkouts/:id/:act', (c) => {
    const checkout = find(c.req.param('id'));
    const act = c.req.param('act');
    if (act === 'succeed') acts.succeed(checkout);
    else if (act === 'succeed-late') acts.succeedLate(checkout);
    else if (act === 'decline') acts.decline(checkout);
    else if (act === 'authorise') acts.authorise(checkout);
    else if (act === 'issue-slips') acts.issueSlips(checkout);
    else if (act === 'expire') acts.expire(checkout);
    else if (act === 'succeed-refunds') acts.endRefunds(checkout, 'succeeded');
    else if (act === 'fail-refunds') acts.endRefunds(checkout, 'failed');
    else throw refuse(404, 'no such act');
    return c.body(null, 204);
  });
  api.post('/test/next-refund/:state', (c) => {
    const state = c.req.param('state');
    if (state !== 'pending' && state !== 'failed') throw refuse(404, 'no such state');
    store.state.nextRefunds.push(state);
    return c.body(null, 204);
  });
  api.post('/test/close-day', (c) => c.json({ settlement: closeDay(store) }));
};
