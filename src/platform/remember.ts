import type { Clock } from './clock.ts';

/**
 * Reads a value at most once in `life`, for all who ask: for what may be that old. A read that fails is not remembered,
 * and its error goes to those who waited for it.
 */
export const rememberFor = <Value>(
  clock: Clock,
  life: Temporal.DurationLike,
  read: () => Promise<Value>,
): (() => Promise<Value>) => {
  let known: { readonly value: Promise<Value>; readonly until: Temporal.Instant } | null = null;
  return () => {
    const now = clock.now();
    if (known !== null && Temporal.Instant.compare(now, known.until) < 0) return known.value;
    const value = read();
    known = { value, until: now.add(life) };
    value.catch(() => {
      if (known?.value === value) known = null;
    });
    return value;
  };
};
