import type { Bilingual } from '#domain/bilingual.ts';

export const PAYMENT_METHODS = ['card', 'storeCash', 'qrWallet'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** A chain of stores that takes cash for the company, with what the person does there, in order. */
export type CashChain = {
  readonly code: string;
  readonly name: Bilingual;
  readonly steps: readonly Bilingual[];
};

/** What the person types or shows at one chain; `confirmation` is a second number where the chain asks for one. */
export type CashSlip = {
  readonly chain: string;
  readonly number: string;
  readonly confirmation: string | null;
};

/** How a refund stands at the company; `reference` is our own id of it. */
export type CompanyRefund = {
  readonly id: string;
  readonly reference: string;
  readonly amount: number;
  readonly state: 'pending' | 'succeeded' | 'failed';
};

/** A payer's bank that takes its money back; `won` when we got it again. */
export type CompanyDispute = {
  readonly id: string;
  readonly amount: number;
  readonly state: 'open' | 'won' | 'lost';
  /** Until when the company takes evidence; null where it no longer does. */
  readonly answerUntil: Temporal.Instant | null;
};

/** What a payment company says of one checkout, in our words. Only `paid` means that the money is ours. */
export type Checkout = {
  readonly id: string;
  /** Our own id of the payment, as we gave it. */
  readonly reference: string;
  readonly state: 'open' | 'paid' | 'closed';
  readonly amount: number;
  readonly currency: string;
  /** Where the person pays. */
  readonly url: string;
  readonly paidAt: Temporal.Instant | null;
  /** Numbers for paying cash, once the company has given them. Having them is not having paid. */
  readonly slips: readonly CashSlip[];
  readonly refunds: readonly CompanyRefund[];
};

export type NewCheckout = {
  /** The same key gives the same checkout, however often it is asked for. */
  readonly idempotencyKey: string;
  readonly reference: string;
  readonly method: PaymentMethod;
  readonly amount: number;
  readonly merchant: string;
  readonly description: string;
  readonly language: 'ja' | 'en';
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly requestedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
};

export type RefundRequest = {
  /** Another attempt after a failure has another key; a repeated attempt has the same. */
  readonly idempotencyKey: string;
  readonly reference: string;
  readonly checkoutId: string;
  readonly amount: number;
};

/** A webhook names what happened to; the rest of it is not believed. */
export type WebhookEvent = {
  readonly eventId: string;
  readonly checkoutId: string | null;
  /** Our own id of the payment, where the event carries it. */
  readonly reference: string | null;
  /** It is about a dispute, which the checkout itself does not show. */
  readonly dispute?: boolean;
};

/** One payment, refund or dispute within a payout; `reference` is our id of the payment. Amounts in yen, fee ≥ 0. */
export type SettlementItem = {
  readonly id: string;
  /** `dispute` takes money away, `dispute-reversal` gives it again. */
  readonly kind: 'payment' | 'refund' | 'dispute' | 'dispute-reversal';
  readonly reference: string;
  readonly amount: number;
  readonly fee: number;
};

/** A payout of the company to our bank. */
export type Settlement = {
  readonly id: string;
  readonly paidOutAt: Temporal.Instant;
  readonly amount: number;
  readonly items: readonly SettlementItem[];
};

export type Capabilities = {
  readonly methods: readonly PaymentMethod[];
  /** Methods whose money can go back the way it came. */
  readonly refundable: readonly PaymentMethod[];
  readonly cashChains: readonly CashChain[];
};

/**
 * The port to a payment company. Every call may be repeated safely. Errors: `unavailable` where the answer is not
 * known (ask again), `wrong-state` where the company has refused and nothing was done.
 */
export type PaymentProvider = {
  readonly name: string;
  readonly capabilities: () => Capabilities;
  readonly create: (checkout: NewCheckout) => Promise<Checkout>;
  readonly get: (checkoutId: string) => Promise<Checkout>;
  /** Closes an open checkout; one that is already paid or closed is answered as it is. */
  readonly cancel: (checkoutId: string) => Promise<Checkout>;
  readonly refund: (refund: RefundRequest) => Promise<CompanyRefund>;
  /** Absent where no payer's bank can take money back. */
  readonly disputes?: (checkoutId: string) => Promise<readonly CompanyDispute[]>;
  /** The event of a webhook whose signature is right and fresh; null for any other. */
  readonly verifyWebhook: (
    body: string,
    header: (name: string) => string | undefined,
    now: Temporal.Instant,
  ) => Promise<WebhookEvent | null>;
  /** Payouts since an instant, oldest first. */
  readonly settlements: (since: Temporal.Instant) => Promise<readonly Settlement[]>;
};
