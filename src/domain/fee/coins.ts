/** Coins that the copiers of stores take, in yen. Notes and coins of 1 and 5 yen are not taken. */
const COINS = [500, 100, 50, 10] as const;

/** The fewest coins that make `amount` yen, a multiple of 10 of 0 or more: pairs of coin and number, largest first. */
export const coinsFor = (amount: number): readonly (readonly [coin: number, count: number])[] => {
  let left = amount;
  return COINS.flatMap((coin) => {
    const count = Math.floor(left / coin);
    left -= count * coin;
    return count === 0 ? [] : [[coin, count] as const];
  });
};
