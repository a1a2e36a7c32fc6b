import type { DestinationKind } from '../destination/destination.ts';
import type { Yen } from '../money.ts';
import { sumYen, timesYen, yen } from '../money.ts';
import type { FeeClass } from './fee-class.ts';
import type { Fees, TaxClass } from './fees.ts';

export type OrderLineToPrice = {
  /** By the fee class of the enrolment certified. */
  readonly fee: Readonly<Record<FeeClass, Yen>>;
  readonly feeClass: FeeClass;
  /** Integer ≥ 1. */
  readonly copies: number;
  /** Sheets of one copy, integer ≥ 1. */
  readonly sheets: number;
};

/** The fee of one copy: campus printing is free for current students (docs/configuration.md, Fees). */
export const feeOfCopy = (
  destination: DestinationKind,
  { fee, feeClass }: Pick<OrderLineToPrice, 'fee' | 'feeClass'>,
): Yen => (destination === 'campus' && feeClass === 'current' ? yen(0) : fee[feeClass]);

export type PricedLine = { readonly unitFee: Yen; readonly issuanceFee: Yen; readonly sheets: number };

export type OrderPrice = {
  /** In the order of the lines given; `sheets` is of all copies. */
  readonly lines: readonly PricedLine[];
  readonly issuanceFee: Yen;
  readonly systemFee: Yen;
  readonly postage: Yen;
  /** What is paid to the university. The print charge is not part of it. */
  readonly total: Yen;
  readonly sheets: number;
  /** What the store's copier will take, in yen; null where no such charge exists. */
  readonly printCharge: Yen | null;
  /** Subtotals by tax class; classes without an amount are left out. */
  readonly taxes: readonly { readonly taxClass: TaxClass; readonly amount: Yen }[];
};

/**
 * The price of an order: copies × issuance fee, one system fee unless everything else is free, postage as given.
 * The print charge is shown for `store` only. Throws `RangeError` for copies or sheets that are not whole and ≥ 1.
 */
export const priceOrder = (
  fees: Fees,
  order: {
    readonly destination: DestinationKind;
    readonly lines: readonly OrderLineToPrice[];
    readonly postage?: Yen;
  },
): OrderPrice => {
  const lines = order.lines.map((line) => priceLine(order.destination, line));
  const issuanceFee = sumYen(lines.map((line) => line.issuanceFee));
  const postage = order.postage ?? yen(0);
  const systemFee = issuanceFee + postage === 0 ? yen(0) : fees.systemFee;
  const sheets = lines.reduce((sum, line) => sum + line.sheets, 0);
  return {
    lines,
    issuanceFee,
    systemFee,
    postage,
    total: sumYen([issuanceFee, systemFee, postage]),
    sheets,
    printCharge: order.destination === 'store' ? timesYen(fees.printChargePerSheet, sheets) : null,
    taxes: subtotals(fees, { issuanceFee, systemFee, postage }),
  };
};

const priceLine = (destination: DestinationKind, line: OrderLineToPrice): PricedLine => {
  const { copies, sheets } = line;
  for (const count of [copies, sheets]) {
    if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`not a count: ${count}`);
  }
  const unitFee = feeOfCopy(destination, line);
  return { unitFee, issuanceFee: timesYen(unitFee, copies), sheets: sheets * copies };
};

const subtotals = (fees: Fees, charges: Record<keyof Fees['taxClasses'], Yen>): OrderPrice['taxes'] => {
  const amounts = new Map<TaxClass, Yen>();
  for (const [charge, amount] of Object.entries(charges) as [keyof Fees['taxClasses'], Yen][]) {
    const taxClass = fees.taxClasses[charge];
    if (amount !== 0) amounts.set(taxClass, sumYen([amounts.get(taxClass) ?? yen(0), amount]));
  }
  return [...amounts].map(([taxClass, amount]) => ({ taxClass, amount }));
};
