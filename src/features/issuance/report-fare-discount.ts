import { startOfTokyoDay } from '#domain/dates.ts';
import type { FareDiscountPurpose } from '#domain/university/university.ts';
import type { Database } from '#platform/database/database.ts';
import { countFareDiscounts } from './fare-discount-report-store.ts';

export type FareDiscountCount = { readonly purpose: FareDiscountPurpose; readonly copies: number };

/**
 * The yearly report to the railway companies: copies issued in an academic year (1 April to 31 March) by purpose, every
 * purpose of the configuration in its order, and last any that it names no more.
 */
export const reportFareDiscount = async (
  db: Database,
  { year, purposes }: { readonly year: number; readonly purposes: readonly FareDiscountPurpose[] },
): Promise<FareDiscountCount[]> => {
  const begins = (of: number): Temporal.Instant =>
    startOfTokyoDay(Temporal.PlainDate.from({ year: of, month: 4, day: 1 }));
  const counted = await countFareDiscounts(db, { from: begins(year), until: begins(year + 1) });
  const known = purposes.map((purpose) => ({ purpose, copies: counted.get(purpose.code) ?? 0 }));
  const former = [...counted]
    .filter(([code]) => !purposes.some((purpose) => purpose.code === code))
    .map(([code, copies]) => ({ purpose: { code, ja: code, en: code }, copies }));
  return [...known, ...former];
};
