/** Where the service learns the time. Passed in everywhere, so that a test can move it. */
export type Clock = { readonly now: () => Temporal.Instant };

/** The machine's own clock, to the microsecond that PostgreSQL keeps. */
export const systemClock: Clock = { now: () => Temporal.Now.instant().round('microsecond') };

/** A clock for tests: stands still at `start` until `advance` moves it. */
export const manualClock = (start: string): Clock & { advance: (by: Temporal.DurationLike) => void } => {
  let current = Temporal.Instant.from(start);
  return {
    now: () => current,
    advance: (by) => {
      current = current.add(by);
    },
  };
};
