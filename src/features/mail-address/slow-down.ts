import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '#features/http.tsx';
import { currentSession } from '#features/sign-in/index.ts';
import type { Clock } from '#platform/clock.ts';
import { clientAddress, createNetworkList } from '#platform/web/network.ts';
import { createThrottle } from '#platform/web/throttle.ts';

const PER_HOUR = 300;
const SLOWED_BY_MS = 2000;

export type SlowDownOptions = {
  readonly clock: Clock;
  /** CIDR of networks behind whose few addresses a whole campus sits. */
  readonly campusNetworks: readonly string[];
  /** Waits; a parameter so that a test need not. */
  readonly wait: (milliseconds: number) => Promise<void>;
};

/**
 * Behaviour 10: where nobody is signed in, more than 300 uses of links an hour from one network prefix are answered
 * two seconds late each. Nobody is refused: a whole dormitory may sit behind one address. Who is signed in is limited
 * by account and by target instead, and a campus network is not counted at all.
 */
export const slowDownStrangers = ({
  clock,
  campusNetworks,
  wait,
}: SlowDownOptions): MiddlewareHandler<AppEnv> => {
  const isCampus = createNetworkList(campusNetworks);
  const allow = createThrottle(clock, PER_HOUR, { hours: 1 });
  return async (c, next) => {
    const counts = c.req.method === 'POST' && currentSession(c) === null && !isCampus(clientAddress(c));
    if (counts && !allow(c)) await wait(SLOWED_BY_MS);
    return next();
  };
};
