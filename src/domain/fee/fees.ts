import type { Yen } from '../money.ts';

/** 非課税, or consumption tax of 10 % contained in the amount. */
export type TaxClass = 'untaxed' | 'standard-10';
export type Charge = 'issuanceFee' | 'systemFee' | 'postage';

export type Fees = {
  /** Once an order; nothing when the rest of the order costs nothing. */
  readonly systemFee: Yen;
  /** What the store's copier takes for one sheet; paid there, never here. */
  readonly printChargePerSheet: Yen;
  readonly taxClasses: Readonly<Record<Charge, TaxClass>>;
};
