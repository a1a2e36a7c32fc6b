import { randomBytes, randomInt } from 'node:crypto';

export type Metadata = Record<string, string>;
export type Session = {
  id: string;
  object: 'checkout.session';
  status: 'open' | 'complete' | 'expired';
  payment_status: 'unpaid' | 'paid';
  payment_intent: string | null;
  client_reference_id: string | null;
  amount_total: number;
  currency: string;
  created: number;
  expires_at: number;
  livemode: false;
  locale: string;
  metadata: Metadata;
  mode: 'payment';
  allowed_payment_method_types: string[];
  payment_method_types: string[];
  success_url: string;
  cancel_url: string;
  url: string | null;
};
export type Intent = {
  id: string;
  object: 'payment_intent';
  status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled';
  amount: number;
  amount_received: number;
  currency: string;
  created: number;
  latest_charge: string | null;
  livemode: false;
  metadata: Metadata;
  next_action: object | null;
  payment_method_types: string[];
};
export type Charge = {
  id: string;
  object: 'charge';
  status: 'succeeded' | 'failed';
  amount: number;
  amount_refunded: number;
  currency: string;
  created: number;
  metadata: Metadata;
  paid: boolean;
  payment_intent: string;
  payment_method_details: { type: string };
  refunded: boolean;
};
export type Refund = {
  id: string;
  object: 'refund';
  status: 'pending' | 'succeeded' | 'failed';
  amount: number;
  charge: string;
  created: number;
  currency: string;
  metadata: Metadata;
  payment_intent: string;
};
export type Dispute = {
  id: string;
  object: 'dispute';
  status: 'needs_response' | 'under_review' | 'won' | 'lost';
  amount: number;
  charge: string;
  created: number;
  currency: string;
  evidence_details: { due_by: number | null };
  metadata: Metadata;
  payment_intent: string;
};
export type Payout = {
  id: string;
  object: 'payout';
  status: 'paid';
  amount: number;
  arrival_date: number;
  created: number;
  currency: string;
};
export type BalanceTransaction = {
  id: string;
  object: 'balance_transaction';
  type: 'charge' | 'payment' | 'refund' | 'payout' | 'adjustment';
  amount: number;
  fee: number;
  net: number;
  currency: string;
  created: number;
  source: string;
  payout: string | null;
};
export type StripeEvent = {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  readonly created: number;
  readonly data: { readonly object: unknown };
  readonly livemode: false;
  readonly pending_webhooks: number;
  readonly request: null;
  readonly type: string;
};

/** Everything of one account. Objects are kept by id; lists are answered newest first, as Stripe does. */
export type Account = {
  sessions: Map<string, Session>;
  intents: Map<string, Intent>;
  charges: Map<string, Charge>;
  refunds: Map<string, Refund>;
  disputes: Map<string, Dispute>;
  payouts: Map<string, Payout>;
  transactions: Map<string, BalanceTransaction>;
  konbiniDays: Map<string, number>;
  intentMetadata: Map<string, Metadata>;
  nextRefunds: Refund['status'][];
};

export const newAccount = (): Account => ({
  sessions: new Map(),
  intents: new Map(),
  charges: new Map(),
  refunds: new Map(),
  disputes: new Map(),
  payouts: new Map(),
  transactions: new Map(),
  konbiniDays: new Map(),
  intentMetadata: new Map(),
  nextRefunds: [],
});

export const API_VERSION = '2026-10-28.endive';
export const seconds = (): number => Math.floor(Date.now() / 1000);
export const newId = (prefix: string): string =>
  `${prefix}_${randomBytes(18).toString('base64url').replace(/[-_]/g, 'x')}`;

const digits = (count: number): string => Array.from({ length: count }, () => String(randomInt(10))).join('');

/** What a person needs at each chain (PaymentIntent `next_action.konbini_display_details`). */
export const konbiniAction = (days: number) => ({
  type: 'konbini_display_details',
  konbini_display_details: {
    expires_at: seconds() + days * 86_400,
    hosted_voucher_url: 'https://payments.stripe.com/konbini/voucher/test',
    stores: {
      familymart: { confirmation_number: digits(11), payment_code: digits(6) },
      lawson: { confirmation_number: digits(11), payment_code: digits(6) },
      ministop: { confirmation_number: digits(11), payment_code: digits(6) },
      seicomart: { confirmation_number: digits(11), payment_code: digits(6) },
    },
  },
});
