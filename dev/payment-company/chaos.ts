import type { DeliveryChaos } from '../shared/webhook-delivery.ts';

/** How the company misbehaves; every number but `delayMs` is a probability from 0 to 1. */
export type Chaos = DeliveryChaos & {
  /** Does what was asked, then answers 500. */
  readonly serverErrorAfterSuccess?: number;
  /** Does what was asked, then closes the connection without an answer. */
  readonly dropResponse?: number;
};

export const happens = (chaos: Chaos, what: 'serverErrorAfterSuccess' | 'dropResponse'): boolean =>
  (chaos.random ?? Math.random)() < (chaos[what] ?? 0);
