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

/** The newest `most` values by key; the one set longest ago is forgotten first. */
export const keepNewest = <Value>(most: number) => {
  const kept = new Map<string, Value>();
  return {
    get: (key: string): Value | undefined => kept.get(key),
    set: (key: string, value: Value): void => {
      // Deleted first, so that the map stays in the order of time.
      kept.delete(key);
      kept.set(key, value);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
  };
};
