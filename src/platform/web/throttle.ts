import type { Context } from 'hono';
import type { Clock } from '../clock.ts';
import { clientAddress, prefixOf } from './network.ts';

/**
 * Says whether a request's network prefix may go on: at most `limit` within `window`. Kept in memory, a process each;
 * forgets everything at the end of a window, so that it never grows.
 */
export const createThrottle = (
  clock: Clock,
  limit: number,
  window: Temporal.DurationLike,
): ((c: Context) => boolean) => {
  let ends = clock.now().add(window);
  const counts = new Map<string, number>();
  return (c) => {
    const now = clock.now();
    if (Temporal.Instant.compare(now, ends) >= 0) {
      counts.clear();
      ends = now.add(window);
    }
    const prefix = prefixOf(clientAddress(c));
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    return count <= limit;
  };
};
