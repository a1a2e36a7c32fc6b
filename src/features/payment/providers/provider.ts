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
};

export type NewCheckout = {
  /** The same key gives the same checkout, however often it is asked for. */
  readonly idempotencyKey: string;
  readonly reference: string;
  readonly amount: number;
  readonly merchant: string;
  readonly description: string;
  readonly language: 'ja' | 'en';
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly expiresAt: Temporal.Instant;
};

export type WebhookEvent = {
  readonly eventId: string;
  readonly checkoutId: string;
  readonly reference: string;
};

/** The port to a payment company. Every call may fail with `unavailable` and may be repeated safely. */
export type PaymentProvider = {
  readonly name: string;
  readonly capabilities: () => { readonly methods: readonly 'card'[]; readonly refunds: boolean };
  readonly create: (checkout: NewCheckout) => Promise<Checkout>;
  readonly get: (checkoutId: string) => Promise<Checkout>;
  readonly cancel: (checkoutId: string) => Promise<Checkout>;
  readonly refund: (refund: { idempotencyKey: string; checkoutId: string; amount: number }) => Promise<void>;
  /** The event of a webhook whose signature is right and fresh; null for any other. */
  readonly verifyWebhook: (
    body: string,
    header: (name: string) => string | undefined,
    now: Temporal.Instant,
  ) => WebhookEvent | null;
};
