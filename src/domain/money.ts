declare const yenBrand: unique symbol;

/** A whole, non-negative or negative number of Japanese yen. There are no fractions of a yen. */
export type Yen = number & { readonly [yenBrand]: true };

/** Makes a `Yen` of a safe integer; throws `RangeError` for anything else. */
export const yen = (amount: number): Yen => {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number of yen: ${amount}`);
  return amount as Yen;
};

/** The sum of amounts in yen; 0 for none. */
export const sumYen = (amounts: Iterable<Yen>): Yen => {
  let total = 0;
  for (const amount of amounts) total += amount;
  return yen(total);
};

/** `amount` × `count`; `count` is an integer ≥ 0. */
export const timesYen = (amount: Yen, count: number): Yen => yen(amount * count);
