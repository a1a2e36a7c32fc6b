/** Whoever waits is woken by a ring; one that came while nobody waited wakes the next at once. */
export type Bell = { ring: () => void; wait: (atMostMs: number) => Promise<void> };

export const createBell = (): Bell => {
  let rung = Promise.withResolvers<void>();
  return {
    ring: () => rung.resolve(),
    wait: async (atMostMs) => {
      const timer = setTimeout(rung.resolve, atMostMs);
      await rung.promise;
      clearTimeout(timer);
      rung = Promise.withResolvers<void>();
    },
  };
};
