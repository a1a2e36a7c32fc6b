import type { Draft } from '#domain/order/draft.ts';
import type { Clock } from '#platform/clock.ts';
import { keepNewest } from '#platform/remember.ts';
import type { WishedLine } from './assess-draft.ts';

/** What a confirmation page has pictures of. */
export type Shown = {
  readonly draft: Pick<Draft, 'key' | 'destination'>;
  readonly lines: readonly Pick<WishedLine, 'specimen' | 'sheetsPerCopy'>[];
};

export type ShownLines = {
  keep: (accountId: string, shown: Shown) => void;
  /** Null where this process has not shown that draft lately. */
  find: (accountId: string, key: string) => Shown | null;
};

/** Pictures are asked for as soon as their page has come; a page left open for longer has its draft assessed anew. */
const KEPT_SECONDS = 60;
/** Some 20 kB each. */
const MOST_KEPT = 1000;

/** What the confirmation pages of the last minute show: their pictures are of the same look at the register, not of another. */
export const createShownLines = (clock: Clock): ShownLines => {
  const kept = keepNewest<Shown & { readonly until: Temporal.Instant }>(MOST_KEPT);
  return {
    keep: (accountId, { draft, lines }) => {
      const specimens = lines.map(({ specimen, sheetsPerCopy }) => ({ specimen, sheetsPerCopy }));
      kept.set(accountId, { draft, lines: specimens, until: clock.now().add({ seconds: KEPT_SECONDS }) });
    },
    find: (accountId, key) => {
      const found = kept.get(accountId);
      const fits = found?.draft.key === key && Temporal.Instant.compare(clock.now(), found.until) < 0;
      return fits ? found : null;
    },
  };
};
