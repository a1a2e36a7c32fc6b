import type { Stripe } from 'stripe';
import type { CashSlip, Checkout, CompanyDispute, CompanyRefund, SettlementItem } from '../provider.ts';

/** The names under which our own ids travel in Stripe's metadata. */
export const PAYMENT_KEY = 'akashi_payment';
export const REFUND_KEY = 'akashi_refund';

type Metadata = { readonly [name: string]: string } | null | undefined;
export const idIn = (metadata: Metadata, key: string): string => metadata?.[key] ?? '';

const REFUND_STATES: Readonly<Record<string, CompanyRefund['state']>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
};

export const refundOf = ({ id, amount, status, metadata }: Stripe.Refund): CompanyRefund => ({
  id,
  reference: idIn(metadata, REFUND_KEY),
  amount,
  state: REFUND_STATES[status ?? ''] ?? 'pending',
});

const slipsOf = (intent: Stripe.PaymentIntent | null): CashSlip[] => {
  const stores = intent?.next_action?.konbini_display_details?.stores;
  return Object.entries(stores ?? {}).flatMap(([chain, store]) => {
    const { payment_code: number, confirmation_number: confirmation } = (store ?? {}) as {
      payment_code?: string;
      confirmation_number?: string;
    };
    return number === undefined ? [] : [{ chain, number, confirmation: confirmation ?? null }];
  });
};

/** A completed session is not money: `paid` needs the session to say so and the intent to have succeeded. */
const stateOf = (
  session: Pick<Stripe.Checkout.Session, 'status' | 'payment_status'>,
  intent: Stripe.PaymentIntent | null,
): Checkout['state'] => {
  if (intent?.status === 'succeeded' && session.payment_status === 'paid') return 'paid';
  if (session.status === 'expired') return 'closed';
  if (intent?.status === 'canceled') return 'closed';
  // A number for cash that ran out sends its intent back to the beginning, but the session is over.
  if (session.status === 'complete' && intent?.status === 'requires_payment_method') return 'closed';
  return 'open';
};

/** Cash is told some time after it was paid and its charge is older than the money, so only a card's time counts. */
const paidAtOf = (intent: Stripe.PaymentIntent | null): Temporal.Instant | null => {
  const charge = intent?.latest_charge;
  if (typeof charge !== 'object' || charge === null) return null;
  if (charge.payment_method_details?.type !== 'card') return null;
  return Temporal.Instant.fromEpochMilliseconds(charge.created * 1000);
};

/** A session with its intent and charge expanded, in our words. */
export const checkoutOf = (
  session: Stripe.Checkout.Session,
  refunds: readonly Stripe.Refund[] = [],
): Checkout => {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null;
  const state = stateOf(session, intent);
  return {
    id: session.id,
    reference: session.client_reference_id ?? '',
    state,
    amount: (state === 'paid' ? intent?.amount_received : session.amount_total) ?? 0,
    currency: (session.currency ?? '').toUpperCase(),
    url: session.url ?? '',
    paidAt: state === 'paid' ? paidAtOf(intent) : null,
    slips: slipsOf(intent),
    refunds: refunds.map(refundOf),
  };
};

type Source = { readonly id: string; readonly metadata?: Metadata };
const KINDS: Readonly<Record<string, SettlementItem['kind']>> = {
  charge: 'payment',
  payment: 'payment',
  refund: 'refund',
  payment_refund: 'refund',
};

/** A warning is a question of the bank's and moves no money; `prevented` was settled before it became a dispute. */
const DISPUTE_STATES: Readonly<Record<string, CompanyDispute['state']>> = {
  needs_response: 'open',
  under_review: 'open',
  won: 'won',
  lost: 'lost',
};

/** A dispute in our words; null for what is not one yet. */
export const disputeOf = ({
  id,
  amount,
  status,
  evidence_details,
}: Stripe.Dispute): CompanyDispute | null => {
  const state = DISPUTE_STATES[status];
  if (state === undefined) return null;
  const due = state === 'open' ? (evidence_details?.due_by ?? null) : null;
  const answerUntil = due === null ? null : Temporal.Instant.fromEpochMilliseconds(due * 1000);
  return { id, amount, state, answerUntil };
};

/** The intent that a dispute is about; null for any other object. */
export const disputedIntent = (object: unknown): string | null => {
  const { object: kind, payment_intent: intent } = object as { object?: string; payment_intent?: unknown };
  return kind === 'dispute' && typeof intent === 'string' ? intent : null;
};

/** A line of a payout about a dispute, whose payment `reference` is. */
export const disputeItemOf = (line: Stripe.BalanceTransaction, reference: string): SettlementItem => ({
  id: line.id,
  kind: line.amount < 0 ? 'dispute' : 'dispute-reversal',
  reference,
  amount: Math.abs(line.amount),
  fee: line.fee,
});

/** A line of a payout; null for what is neither a payment nor a refund, such as the payout itself. */
export const settlementItemOf = (line: Stripe.BalanceTransaction): SettlementItem | null => {
  const kind = KINDS[line.type];
  const source = line.source as unknown as Source | string | null;
  if (kind === undefined || source === null || typeof source === 'string') return null;
  const reference = idIn(source.metadata, PAYMENT_KEY);
  return { id: line.id, kind, reference, amount: Math.abs(line.amount), fee: line.fee };
};

/** What an event is about: a session, or our payment as its metadata names it. */
export const subjectOf = (event: Stripe.Event): { checkoutId: string | null; reference: string | null } => {
  const object = event.data.object as unknown as {
    object: string;
    id: string;
    client_reference_id?: string | null;
    metadata?: Metadata;
  };
  if (object.object === 'checkout.session') {
    return { checkoutId: object.id, reference: object.client_reference_id ?? null };
  }
  return { checkoutId: null, reference: idIn(object.metadata, PAYMENT_KEY) || null };
};
