import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { OrderState } from '#domain/order/states.ts';
import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

/** Nothing is ready to be printed yet: there is no print job (`preparePrint`). */
export const BEFORE_TICKET: readonly OrderState[] = ['awaiting_payment', 'paid', 'preparing'];
/** Something is still to be printed under the ticket. */
export const WITH_TICKET: readonly OrderState[] = ['ready', 'printing', 'partly_printed', 'outcome_unknown'];

/** Whether the ticket of an order, or the one that takes its place, is being made. `replacing` is its print job's. */
export const isTicketAwaited = (state: string, replacing: boolean): boolean => {
  const isOf = (states: readonly string[]): boolean => states.includes(state);
  return isOf(BEFORE_TICKET) || (replacing && isOf(WITH_TICKET));
};

export type AwaitedTickets = {
  /**
   * Ends as soon as the page of an order has something else to say than that its ticket is being made, and in any case
   * after `mostMs`. Never throws: that the database is away is for the page to find out.
   */
  readonly wait: (orderId: string) => Promise<void>;
  /** Ends every wait, and each that begins later at once. */
  readonly close: () => void;
};

type Given = { readonly orderIds: readonly string[] };

const statesOf = prepare((db, { orderIds }: Given) =>
  db
    .selectFrom('certificate_order as o')
    .leftJoin('print_job as j', 'j.order_id', 'o.id')
    .select(['o.id', 'o.state', 'j.replacing'])
    .where('o.id', '=', sql<string>`any(${orderIds}::uuid[])`),
);

type Wait = { readonly orderId: string; readonly end: () => void };

/**
 * Pages that are held back until their ticket is there. However many they are, the database is asked for all of them at
 * once, every `everyMs` milliseconds. `mostMs` is shorter than proxies wait for an answer (nginx: 60 s, others 30).
 */
export const openAwaitedTickets = (
  db: Database,
  { everyMs = 500, mostMs = 20_000 }: { readonly everyMs?: number; readonly mostMs?: number } = {},
): AwaitedTickets => {
  const waits = new Set<Wait>();
  let isLooking = false;
  let isClosed = false;
  const lookOnce = async (): Promise<void> => {
    const orderIds = [...new Set([...waits].map(({ orderId }) => orderId))];
    if (orderIds.length === 0) return;
    // A server that is away for a moment is asked again: nobody who waits has to know.
    const found = await statesOf.all(db, { orderIds }).catch(() => []);
    const moved = new Set(
      found.filter(({ state, replacing }) => !isTicketAwaited(state, replacing ?? false)).map(({ id }) => id),
    );
    for (const { orderId, end } of [...waits]) if (moved.has(orderId)) end();
  };
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    while (waits.size > 0) {
      await pause(everyMs, undefined, { ref: false });
      await lookOnce();
    }
    isLooking = false;
  };
  return {
    wait: (orderId) =>
      new Promise<void>((done) => {
        if (isClosed) return done();
        const end = (): void => {
          clearTimeout(timer);
          waits.delete(wait);
          done();
        };
        const timer = setTimeout(end, mostMs);
        const wait = { orderId, end };
        waits.add(wait);
        void look();
      }),
    close: () => {
      isClosed = true;
      for (const { end } of [...waits]) end();
    },
  };
};
