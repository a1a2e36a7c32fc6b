/** Misses of one device in ten minutes after which it pauses. */
export const DEVICE_MISSES = 5;
/** Misses of a whole network in ten minutes that no honest typing explains. */
export const NETWORK_MISSES = 200;
const LONGEST_MS = 5000;

/**
 * How long a network's lookups wait, in milliseconds, by its misses of the last ten minutes. It is slowed and never
 * locked: whoever guesses through one network must not close the copiers of a country.
 */
export const delayOf = (misses: number): number =>
  misses < NETWORK_MISSES ? 0 : Math.min(LONGEST_MS, 250 * 2 ** Math.floor(misses / NETWORK_MISSES - 1));
