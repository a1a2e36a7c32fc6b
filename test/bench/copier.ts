import { settleHit, takeMiss, takePinTry } from '#features/printing/gateway/guessing-store.ts';
import type { Ticket } from '#test/support/copier-gateway.ts';
import { withCopiers } from '#test/support/copier-gateway.ts';
import { milliseconds, percentile, report } from './measure.ts';

const LIVE = 200;
const LOOKUPS = 600;
const CLIENTS = 4;

/** Milliseconds of each of `LOOKUPS` runs, from as many clients at once as there are copiers in a busy minute. */
const timeEach = async (work: (index: number) => Promise<unknown>): Promise<number[]> => {
  const taken: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    for (let index = next++; index < LOOKUPS; index = next++)
      taken.push(await milliseconds(() => work(index)));
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return taken;
};

/** Number and PIN typed at a copier, until its offer: signed, counted, looked up, the PIN opened and compared. */
export const benchCopierLookup = (): Promise<void> =>
  withCopiers(async ({ addOrder, lookUp, db, dependencies }) => {
    const tickets: Ticket[] = [];
    for (let n = 0; n < LIVE; n += 1) tickets.push((await addOrder()).ticket);
    const taken = await timeEach((index) =>
      lookUp(tickets[index % LIVE] as Ticket, `device-${index % CLIENTS}`),
    );
    report('copier.lookup_p99_ms', percentile(taken, 99), 'ms');
    const { secrets, clock } = dependencies;
    const indexes = tickets.map(({ printNumber }) => secrets.indexOf(printNumber));
    const limit = await timeEach(async (at) => {
      const now = clock.now();
      const where = { network: 'hinata', device: `limit-${at % CLIENTS}` };
      const { row } = await takeMiss(db, { ...where, at: now, since: now, most: CLIENTS });
      const job = await takePinTry(db, { ...where, index: indexes[at % LIVE] ?? Buffer.alloc(32), now });
      if (row !== null && job !== undefined) await settleHit(db, { miss: row, job });
    });
    report('copier.limit.lookup_p99_ms', percentile(limit, 99), 'ms');
  });
