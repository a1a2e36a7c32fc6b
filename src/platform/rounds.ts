/** Work that comes round again and again, one round at a time. `stop` waits for the round under way. */
export type Rounds = { stop: () => Promise<void> };

/** Begins a round now and another `pauseMs` milliseconds after each end; `onError` hears of one that failed, and the next catches up. */
export const startRounds = (
  round: () => Promise<unknown>,
  { pauseMs, onError }: { readonly pauseMs: number; readonly onError: (error: unknown) => void },
): Rounds => {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: Promise<unknown> = Promise.resolve();
  const next = (): void => {
    current = round()
      .catch(onError)
      .finally(() => {
        if (!stopped) timer = setTimeout(next, pauseMs);
      });
  };
  next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
};
