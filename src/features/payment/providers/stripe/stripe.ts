import { Stripe } from 'stripe';
import { tokyoDate } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import type { NewCheckout, PaymentProvider, Settlement, SettlementItem } from '../provider.ts';
import { STRIPE_CHAINS } from './chains.ts';
import {
  checkoutOf,
  disputedIntent,
  disputeItemOf,
  disputeOf,
  idIn,
  PAYMENT_KEY,
  REFUND_KEY,
  refundOf,
  settlementItemOf,
  subjectOf,
} from './objects.ts';

export type StripeOptions = {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Where the API is; Stripe's own host when absent. Such as `http://127.0.0.1:12111`. */
  readonly apiUrl?: string;
};

const TIMEOUT_MS = 8000;
const TOLERANCE_SECONDS = 300;
const EXPAND = ['payment_intent.latest_charge'];
/** Stripe takes 30 minutes to 24 hours; a minute or more passes until a repeated call. */
const SHORTEST = { minutes: 40 };
const LONGEST = { hours: 23 };

const apiOf = (apiUrl: string | undefined) => {
  if (apiUrl === undefined) return {};
  const { protocol, hostname, port } = new URL(apiUrl);
  return {
    protocol: protocol === 'http:' ? ('http' as const) : ('https' as const),
    host: hostname,
    ...(port === '' ? {} : { port }),
  };
};

/** Only what Stripe has understood and refused is known not to have been done; anything else is asked again. */
const errorOf = (error: unknown): AkashiError => {
  if (error instanceof AkashiError) return error;
  const known = error instanceof Stripe.errors.StripeError ? error : null;
  const refused =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeCardError;
  const detail = {
    provider: 'stripe',
    status: known?.statusCode ?? null,
    reason: known?.code ?? 'no answer',
  };
  return new AkashiError(refused ? 'wrong-state' : 'unavailable', detail, { cause: error });
};

const answered = async <Result>(work: Promise<Result>): Promise<Result> => {
  try {
    return await work;
  } catch (error) {
    throw errorOf(error);
  }
};

/** When the page closes. Made of what was asked, never of now: a repeated call must say the same words. */
const closesAt = ({ requestedAt, expiresAt }: NewCheckout): number => {
  const earliest = requestedAt.add(SHORTEST);
  const latest = requestedAt.add(LONGEST);
  const [first, last] = [earliest, latest].map((one) => one.epochMilliseconds);
  return Math.floor(Math.min(Math.max(expiresAt.epochMilliseconds, first ?? 0), last ?? 0) / 1000);
};

const sessionOf = (wanted: NewCheckout): Stripe.Checkout.SessionCreateParams => {
  const metadata = { [PAYMENT_KEY]: wanted.reference };
  const days = tokyoDate(wanted.requestedAt).until(tokyoDate(wanted.expiresAt)).days;
  return {
    mode: 'payment',
    client_reference_id: wanted.reference,
    locale: wanted.language,
    allowed_payment_method_types: [wanted.method === 'storeCash' ? 'konbini' : 'card'],
    // Numbers for cash end at 23:59:59 JST of the day so many days later, which is our own deadline.
    ...(wanted.method === 'storeCash'
      ? { payment_method_options: { konbini: { expires_after_days: Math.min(Math.max(days, 1), 60) } } }
      : {}),
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: 'jpy',
          unit_amount: wanted.amount,
          product_data: { name: `${wanted.merchant} ${wanted.description}` },
        },
      },
    ],
    payment_intent_data: { metadata, description: wanted.description },
    metadata,
    success_url: wanted.returnUrl,
    cancel_url: wanted.cancelUrl,
    expires_at: closesAt(wanted),
  };
};

/** Stripe: Checkout with card and `konbini`, over the official client. */
export const createStripeProvider = (options: StripeOptions): PaymentProvider => {
  const { secretKey, webhookSecret, apiUrl } = options;
  // The caller repeats; a client that did so too would hide how often.
  const settings = { maxNetworkRetries: 0, timeout: TIMEOUT_MS, telemetry: false };
  const stripe = new Stripe(secretKey, { ...settings, ...apiOf(apiUrl) });
  const { sessions } = stripe.checkout;

  const intentOf = (session: Stripe.Checkout.Session): Stripe.PaymentIntent | null =>
    typeof session.payment_intent === 'object' ? session.payment_intent : null;

  const read = async (checkoutId: string) => {
    const session = await sessions.retrieve(checkoutId, { expand: EXPAND });
    const intent = intentOf(session);
    const refunds =
      intent?.status === 'succeeded'
        ? await stripe.refunds
            .list({ payment_intent: intent.id, limit: 100 })
            .autoPagingToArray({ limit: 1000 })
        : [];
    return checkoutOf(session, refunds);
  };

  /** Stripe repeats an answer 500 for its key even where the session was made: then it is found by our id. */
  const findMade = async ({ reference, requestedAt }: NewCheckout) => {
    const since = Math.floor(requestedAt.epochMilliseconds / 1000) - 60;
    for await (const session of sessions.list({ created: { gte: since }, limit: 100 })) {
      if (session.client_reference_id === reference) return session;
    }
    return null;
  };

  const create = async (wanted: NewCheckout) => {
    const params = sessionOf(wanted);
    try {
      return await sessions.create(params, { idempotencyKey: wanted.idempotencyKey });
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeAPIError)) throw error;
      const made = await findMade(wanted);
      return made ?? (await sessions.create(params, { idempotencyKey: `${wanted.idempotencyKey}.again` }));
    }
  };

  const cancel = async (checkoutId: string) => {
    const session = await sessions.retrieve(checkoutId, { expand: EXPAND });
    const intent = intentOf(session);
    try {
      if (session.status === 'open') await sessions.expire(checkoutId);
      else if (intent?.status === 'requires_action') await stripe.paymentIntents.cancel(intent.id);
    } catch (error) {
      // Paid or closed in this moment: how it stands is read below.
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    }
    return read(checkoutId);
  };

  /** A dispute carries none of our ids; its intent does. */
  const referenceOf = async (intent: string): Promise<string> =>
    idIn((await stripe.paymentIntents.retrieve(intent)).metadata, PAYMENT_KEY);

  const disputesOf = async (checkoutId: string) => {
    const intent = intentOf(await sessions.retrieve(checkoutId, { expand: EXPAND }));
    if (intent === null) return [];
    const { data } = await stripe.disputes.list({ payment_intent: intent.id, limit: 100 });
    return data.map(disputeOf).filter((one) => one !== null);
  };

  const itemsOf = async (payout: string): Promise<SettlementItem[]> => {
    const items: SettlementItem[] = [];
    const lines = stripe.balanceTransactions.list({ payout, expand: ['data.source'], limit: 100 });
    for await (const line of lines) {
      const intent = line.source === null ? null : disputedIntent(line.source);
      const item = intent === null ? settlementItemOf(line) : disputeItemOf(line, await referenceOf(intent));
      if (item !== null) items.push(item);
    }
    return items;
  };
  const settlements = async (since: Temporal.Instant): Promise<Settlement[]> => {
    const from = Math.floor(since.epochMilliseconds / 1000);
    const found: Settlement[] = [];
    for await (const { id, amount, created } of stripe.payouts.list({
      created: { gte: from },
      status: 'paid',
      limit: 100,
    })) {
      const paidOutAt = Temporal.Instant.fromEpochMilliseconds(created * 1000);
      found.push({ id, amount, paidOutAt, items: await itemsOf(id) });
    }
    return found.toReversed();
  };

  return {
    name: 'stripe',
    capabilities: () => ({
      methods: ['card', 'storeCash'],
      refundable: ['card'],
      cashChains: STRIPE_CHAINS,
    }),
    create: (wanted) => answered(create(wanted).then((session) => checkoutOf(session))),
    get: (checkoutId) => answered(read(checkoutId)),
    cancel: (checkoutId) => answered(cancel(checkoutId)),
    refund: async ({ idempotencyKey, checkoutId, reference, amount }) => {
      const session = await answered(sessions.retrieve(checkoutId, { expand: EXPAND }));
      const intent = intentOf(session);
      if (intent === null) throw new AkashiError('wrong-state', { provider: 'stripe', reason: 'not paid' });
      const metadata = { [REFUND_KEY]: reference, [PAYMENT_KEY]: session.client_reference_id ?? '' };
      const params = { payment_intent: intent.id, amount, metadata };
      return refundOf(await answered(stripe.refunds.create(params, { idempotencyKey })));
    },
    disputes: (checkoutId) => answered(disputesOf(checkoutId)),
    verifyWebhook: async (body, header, now) => {
      const event = await stripe.webhooks
        .constructEventAsync(
          body,
          header('stripe-signature') ?? '',
          webhookSecret,
          TOLERANCE_SECONDS,
          undefined,
          now.epochMilliseconds,
        )
        .catch(() => null);
      if (event === null) return null;
      const intent = disputedIntent(event.data.object);
      if (intent === null) return { eventId: event.id, ...subjectOf(event) };
      const reference = (await answered(referenceOf(intent))) || null;
      return { eventId: event.id, checkoutId: null, reference, dispute: true };
    },
    settlements: (since) => answered(settlements(since)),
  };
};
