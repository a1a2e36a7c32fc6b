import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Method = 'card' | 'storeCash' | 'qrWallet';
export type Checkout = {
  readonly id: string;
  readonly method: Method;
  /** `authorised`: the wallet has agreed, no money has moved. `awaiting_cash`: numbers given, nobody has paid. */
  state: 'open' | 'authorised' | 'awaiting_cash' | 'succeeded' | 'cancelled' | 'expired';
  readonly amount: number;
  readonly currency: string;
  readonly reference: string;
  readonly merchant: string;
  readonly description: string;
  readonly language: 'ja' | 'en';
  readonly returnUrl: string;
  readonly cancelUrl: string;
  expiresAt: string;
  paidAt: string | null;
  slips: Slip[];
  /** The payout this payment went into. */
  settlement: string | null;
};
export type Slip = { readonly chain: string; readonly number: string; readonly confirmation: string | null };
export type CompanyEvent = { readonly id: string; readonly type: string; readonly checkoutId: string };
export type Refund = {
  readonly id: string;
  readonly reference: string;
  readonly checkoutId: string;
  readonly amount: number;
  state: 'pending' | 'succeeded' | 'failed';
  settlement: string | null;
};
export type SettlementItem = {
  readonly id: string;
  readonly kind: 'payment' | 'refund';
  readonly reference: string;
  readonly amount: number;
  readonly fee: number;
};
export type Settlement = {
  readonly id: string;
  readonly paidOutAt: string;
  readonly amount: number;
  readonly items: readonly SettlementItem[];
};

type State = {
  checkouts: Record<string, Checkout>;
  refunds: Record<string, Refund>;
  settlements: Settlement[];
  /** Idempotency key → what was asked with it, and the id of what was made. */
  keys: Record<string, { request: string; id: string }>;
  /** Webhooks that nobody has answered with 2xx yet. */
  undelivered: CompanyEvent[];
  /** How the next refunds end, in order; without one they succeed. */
  nextRefunds: Refund['state'][];
};

export type CheckoutStore = {
  readonly state: State;
  save: () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

export const newId = (prefix: string): string => `${prefix}_${randomBytes(15).toString('base64url')}`;

const EMPTY = (): State => ({
  checkouts: {},
  refunds: {},
  settlements: [],
  keys: {},
  undelivered: [],
  nextRefunds: [],
});

/** The company's memory, in one file that is replaced as a whole; null: it has none and forgets everything. */
export const openCheckoutStore = (file: string | null, now: () => number = Date.now): CheckoutStore => {
  if (file === null) return { state: EMPTY(), save: () => {}, now };
  mkdirSync(dirname(file), { recursive: true });
  const read = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<State>) : {};
  const state = { ...EMPTY(), ...read };
  const save = (): void => {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  };
  return { state, save, now };
};

export const isPayableState = (state: Checkout['state']): boolean =>
  state === 'open' || state === 'authorised' || state === 'awaiting_cash';

/** The checkout as of now: one not paid in its time has expired. */
export const currentCheckout = (store: CheckoutStore, id: string): Checkout | undefined => {
  const checkout = Object.hasOwn(store.state.checkouts, id) ? store.state.checkouts[id] : undefined;
  if (
    checkout !== undefined &&
    isPayableState(checkout.state) &&
    Date.parse(checkout.expiresAt) <= store.now()
  ) {
    checkout.state = 'expired';
    store.save();
  }
  return checkout;
};

export const CHAINS = ['hinata-mart', 'potopi-24', 'madoka-store'] as const;

const digits = (count: number): string => Array.from({ length: count }, () => String(randomInt(10))).join('');

/** A number for each chain, in the shape each chain's terminal asks for. */
export const newSlips = (): Slip[] => [
  { chain: 'hinata-mart', number: digits(13), confirmation: null },
  { chain: 'potopi-24', number: digits(6), confirmation: digits(11) },
  { chain: 'madoka-store', number: digits(9), confirmation: digits(4) },
];

export const refundsOf = ({ state }: CheckoutStore, checkoutId: string): Refund[] =>
  Object.values(state.refunds).filter((refund) => refund.checkoutId === checkoutId);

/** What is left of a payment that could go back. */
export const refundable = (store: CheckoutStore, checkout: Checkout): number =>
  refundsOf(store, checkout.id)
    .filter(({ state }) => state !== 'failed')
    .reduce((left, { amount }) => left - amount, checkout.amount);

const FEE_RATE = 0.036;

/** Pays out everything paid or given back since the last payout, less the fee; null when there is nothing. */
export const closeDay = (store: CheckoutStore): Settlement | null => {
  const { checkouts, refunds, settlements } = store.state;
  const id = newId('set');
  const paid = Object.values(checkouts).filter((one) => one.state === 'succeeded' && one.settlement === null);
  const back = Object.values(refunds).filter((one) => one.state === 'succeeded' && one.settlement === null);
  const items: SettlementItem[] = [
    ...paid.map(({ id: item, reference, amount }) => {
      return { id: item, kind: 'payment' as const, reference, amount, fee: Math.floor(amount * FEE_RATE) };
    }),
    ...back.map(({ id: item, checkoutId, amount }) => {
      const reference = checkouts[checkoutId]?.reference ?? '';
      return { id: item, kind: 'refund' as const, reference, amount, fee: 0 };
    }),
  ];
  if (items.length === 0) return null;
  for (const one of [...paid, ...back]) one.settlement = id;
  const amount = items.reduce(
    (sum, item) => sum + (item.kind === 'payment' ? item.amount - item.fee : -item.amount),
    0,
  );
  const settlement = { id, paidOutAt: new Date(store.now()).toISOString(), amount, items };
  settlements.push(settlement);
  store.save();
  return settlement;
};
