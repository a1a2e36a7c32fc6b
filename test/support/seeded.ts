/** A small generator (mulberry32): numbers from 0 up to 1, the same ones for the same seed. */
export const seededUnit = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Whole numbers below a limit. */
export const seeded = (seed: number): ((limit: number) => number) => {
  const unit = seededUnit(seed);
  return (limit) => Math.floor(unit() * limit);
};
