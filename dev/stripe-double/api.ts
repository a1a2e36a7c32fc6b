import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Chaos } from '../payment-company/chaos.ts';
import { happens } from '../payment-company/chaos.ts';
import type { StripeActs } from './acts.ts';
import type { FormValue } from './form.ts';
import { parseForm, recordAt, textAt } from './form.ts';
import { newSession } from './new-session.ts';
import type { Account, Intent, Refund, Session } from './objects.ts';
import { API_VERSION, newId, seconds } from './objects.ts';
import { invalid, Refusal } from './refusal.ts';

type Form = Record<string, FormValue>;
type Answer = { readonly status: number; readonly body: unknown };
export type StripeApi = {
  readonly account: Account;
  readonly acts: StripeActs;
  readonly secretKey: string;
  readonly chaos: Chaos;
  readonly url: () => string;
};

/** The part of Stripe's API (version 2026-10-28) that a merchant with Checkout needs. */
export const createStripeApi = ({ account, acts, secretKey, chaos, url }: StripeApi): Hono => {
  const api = new Hono();
  /** Idempotency key → the request and the answer, which is repeated whatever it was, an error 500 too. */
  const answers = new Map<string, { request: string; answer: Answer }>();

  const find = <One>(all: Map<string, One>, id: string | undefined, what: string): One => {
    const one = all.get(id ?? '');
    if (one === undefined) throw invalid(`No such ${what}: '${id}'`, 'resource_missing', 404);
    return one;
  };
  /** Sessions end by themselves. */
  const sessionNow = (id: string | undefined): Session => {
    const session = find(account.sessions, id, 'checkout.session');
    if (session.status === 'open' && session.expires_at <= seconds()) acts.expireSession(session);
    return session;
  };
  const expandIntent = (intent: Intent, expand: string[], prefix: string) => ({
    ...intent,
    latest_charge: expand.includes(`${prefix}latest_charge`)
      ? (account.charges.get(intent.latest_charge ?? '') ?? null)
      : intent.latest_charge,
  });
  const shown = (session: Session, expand: string[]) => {
    const intent = account.intents.get(session.payment_intent ?? '');
    const wanted = expand.some((path) => path.startsWith('payment_intent'));
    if (intent === undefined || !wanted) return session;
    return { ...session, payment_intent: expandIntent(intent, expand, 'payment_intent.') };
  };
  const expandOf = (form: Form): string[] => Object.values(recordAt(form, 'expand'));

  const list = <One extends { id: string; created: number }>(
    path: string,
    all: Iterable<One>,
    query: Form,
    show: (one: One) => unknown = (one) => one,
  ) => {
    const since = Number(textAt(query, 'created', 'gte') ?? 0);
    const limit = Math.min(Number(textAt(query, 'limit') ?? 10), 100);
    const newest = [...all].filter(({ created }) => created >= since).toReversed();
    const after = newest.findIndex(({ id }) => id === textAt(query, 'starting_after')) + 1;
    const page = newest.slice(after, after + limit);
    return { object: 'list', url: path, has_more: newest.length > after + limit, data: page.map(show) };
  };

  const post = (path: string, work: (form: Form, id: string) => unknown): void => {
    api.post(path, async (c) => {
      const text = await c.req.text();
      return answerOnce(c, text, () => work(parseForm(text), c.req.param('id') ?? ''));
    });
  };
  const get = (path: string, work: (query: Form, id: string) => unknown): void => {
    api.get(path, (c) =>
      send(
        c,
        run(() => work(parseForm(new URL(c.req.url).search.slice(1)), c.req.param('id') ?? '')),
      ),
    );
  };
  const run = (work: () => unknown): Answer => {
    try {
      return { status: 200, body: structuredClone(work()) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, ...failure } = error.failure;
      return { status, body: { error: failure } };
    }
  };
  const send = (c: Context, { status, body }: Answer, replayed = false) =>
    c.newResponse(JSON.stringify(body), status as 200, {
      'Content-Type': 'application/json',
      'Request-Id': newId('req'),
      'Stripe-Version': c.req.header('stripe-version') ?? API_VERSION,
      ...(replayed ? { 'Idempotent-Replayed': 'true' } : {}),
    });
  const answerOnce = (c: Context, text: string, work: () => unknown) => {
    const key = c.req.header('idempotency-key');
    const request = `${c.req.path} ${text}`;
    const known = key === undefined ? undefined : answers.get(key);
    if (known !== undefined && known.request !== request) {
      const message =
        'Keys for idempotent requests can only be used with the same parameters they were first used with.';
      return send(c, { status: 400, body: { error: { type: 'idempotency_error', message } } });
    }
    if (known !== undefined) return send(c, known.answer, true);
    const done = run(work);
    const broken = done.status === 200 && happens(chaos, 'serverErrorAfterSuccess');
    const error = { type: 'api_error', message: 'An unknown error occurred' };
    const answer = broken ? { status: 500, body: { error } } : done;
    // What was refused because of its parameters is not kept: Stripe had not begun.
    if (key !== undefined && answer.status !== 400) answers.set(key, { request, answer });
    return send(c, answer);
  };

  api.use(async (c, next) => {
    if (c.req.header('authorization') === `Bearer ${secretKey}`) return next();
    const error = { type: 'invalid_request_error', message: 'Invalid API Key provided' };
    return send(c, { status: 401, body: { error } });
  });
  post('/checkout/sessions', (form) => {
    const session = newSession(form, url());
    account.sessions.set(session.id, session);
    const data = form['payment_intent_data'];
    account.intentMetadata.set(
      session.id,
      typeof data === 'object' ? recordAt(data as Form, 'metadata') : {},
    );
    const days = textAt(form, 'payment_method_options', 'konbini', 'expires_after_days');
    account.konbiniDays.set(session.id, Number(days ?? 3));
    return session;
  });
  get('/checkout/sessions', (query) => list('/v1/checkout/sessions', account.sessions.values(), query));
  get('/checkout/sessions/:id', (query, id) => shown(sessionNow(id), expandOf(query)));
  post('/checkout/sessions/:id/expire', (_form, id) => {
    const session = sessionNow(id);
    if (session.status !== 'open')
      throw invalid('Only Checkout Sessions with a status in ["open"] can be expired.');
    acts.expireSession(session);
    return session;
  });
  get('/payment_intents/:id', (query, id) =>
    expandIntent(find(account.intents, id, 'payment_intent'), expandOf(query), ''),
  );
  post('/payment_intents/:id/cancel', (_form, id) => {
    const intent = find(account.intents, id, 'payment_intent');
    if (intent.status === 'succeeded' || intent.status === 'canceled') {
      throw invalid(
        `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
        'payment_intent_unexpected_state',
      );
    }
    acts.cancelIntent(intent);
    return intent;
  });
  post('/refunds', (form) => {
    const intent = find(account.intents, textAt(form, 'payment_intent'), 'payment_intent');
    const charge = account.charges.get(intent.latest_charge ?? '');
    if (charge === undefined)
      throw invalid(
        'This PaymentIntent does not have a successful charge to refund.',
        'payment_intent_unexpected_state',
      );
    if ([...account.disputes.values()].some((one) => one.charge === charge.id && one.status !== 'won'))
      throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, 'charge_disputed');
    if (charge.payment_method_details.type === 'konbini')
      throw invalid('Refunds are not supported for konbini.', 'payment_method_unsupported');
    const going = [...account.refunds.values()].filter(
      ({ charge: id, status }) => id === charge.id && status !== 'failed',
    );
    const left = going.reduce((sum, refund) => sum - refund.amount, charge.amount);
    const amount = Number(textAt(form, 'amount') ?? left);
    if (left === 0)
      throw invalid(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded');
    if (!Number.isSafeInteger(amount) || amount <= 0 || amount > left) {
      throw invalid(`Refund amount (¥${amount}) is greater than unrefunded amount on charge (¥${left})`);
    }
    const refund: Refund = {
      id: newId('re'),
      object: 'refund',
      status: 'pending',
      amount,
      charge: charge.id,
      created: seconds(),
      currency: charge.currency,
      metadata: recordAt(form, 'metadata'),
      payment_intent: intent.id,
    };
    acts.addRefund(refund, account.nextRefunds.shift() ?? 'succeeded');
    return refund;
  });
  get('/refunds', (query) => {
    const wanted = textAt(query, 'payment_intent');
    const all = [...account.refunds.values()].filter(
      ({ payment_intent: id }) => wanted === undefined || id === wanted,
    );
    return list('/v1/refunds', all, query);
  });
  get('/disputes', (query) => {
    const wanted = textAt(query, 'payment_intent');
    const all = [...account.disputes.values()].filter(
      ({ payment_intent: id }) => wanted === undefined || id === wanted,
    );
    return list('/v1/disputes', all, query);
  });
  get('/payouts', (query) => list('/v1/payouts', account.payouts.values(), query));
  get('/balance_transactions', (query) => {
    const payout = textAt(query, 'payout');
    const all = [...account.transactions.values()].filter(
      (line) => payout === undefined || line.payout === payout,
    );
    const expand = expandOf(query).includes('data.source');
    return list('/v1/balance_transactions', all, query, (line) => ({
      ...line,
      source: expand
        ? (account.charges.get(line.source) ??
          account.refunds.get(line.source) ??
          account.disputes.get(line.source) ??
          account.payouts.get(line.source))
        : line.source,
    }));
  });
  return api;
};
