import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Checkout = {
  readonly id: string;
  state: 'open' | 'succeeded' | 'cancelled' | 'expired';
  readonly amount: number;
  readonly currency: string;
  readonly reference: string;
  readonly merchant: string;
  readonly description: string;
  readonly language: 'ja' | 'en';
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly expiresAt: string;
  refunded: number;
};
export type CompanyEvent = { readonly id: string; readonly type: string; readonly checkoutId: string };
export type Refund = { readonly id: string; readonly checkoutId: string; readonly amount: number };

type State = {
  checkouts: Record<string, Checkout>;
  refunds: Record<string, Refund>;
  /** Idempotency key → what was asked with it, and the id of what was made. */
  keys: Record<string, { request: string; id: string }>;
  /** Webhooks that nobody has answered with 2xx yet. */
  undelivered: CompanyEvent[];
};

export type CheckoutStore = { readonly state: State; save: () => void };

export const newId = (prefix: string): string => `${prefix}_${randomBytes(15).toString('base64url')}`;

const EMPTY = (): State => ({ checkouts: {}, refunds: {}, keys: {}, undelivered: [] });

/** The company's memory, in one file that is replaced as a whole. */
export const openCheckoutStore = (file: string): CheckoutStore => {
  mkdirSync(dirname(file), { recursive: true });
  const state = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : EMPTY();
  const save = (): void => {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  };
  return { state, save };
};

/** The checkout as of now: an open one past its time has expired. */
export const currentCheckout = (store: CheckoutStore, id: string): Checkout | undefined => {
  const checkout = Object.hasOwn(store.state.checkouts, id) ? store.state.checkouts[id] : undefined;
  if (checkout?.state === 'open' && Date.parse(checkout.expiresAt) <= Date.now()) {
    checkout.state = 'expired';
    store.save();
  }
  return checkout;
};
