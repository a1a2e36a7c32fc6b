/** How the company misbehaves; every number but `delayMs` is a probability from 0 to 1. */
export type Chaos = {
  readonly duplicate?: number;
  readonly reorder?: number;
  readonly delayMs?: number;
  /** Does what was asked, then answers 500. */
  readonly serverErrorAfterSuccess?: number;
  /** Does what was asked, then closes the connection without an answer. */
  readonly dropResponse?: number;
  /** Sends, beside the real one, a webhook signed with a wrong secret. */
  readonly forge?: number;
  readonly random?: () => number;
};

export const happens = (chaos: Chaos, what: Exclude<keyof Chaos, 'delayMs' | 'random'>): boolean =>
  (chaos.random ?? Math.random)() < (chaos[what] ?? 0);
