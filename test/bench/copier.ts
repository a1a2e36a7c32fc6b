import { hash, verify } from '@node-rs/argon2';
import type { Ticket } from '#test/support/copier-gateway.ts';
import { withCopiers } from '#test/support/copier-gateway.ts';
import { milliseconds, percentile, report } from './measure.ts';

const LIVE = 200;
const LOOKUPS = 600;
const CLIENTS = 4;
// The cost at which a PIN is kept (src/features/printing/print-secrets.ts).
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

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

/** Number and PIN typed at a copier, until its offer: signed, counted, looked up, the PIN's slow hash compared. */
export const benchCopierLookup = (): Promise<void> =>
  withCopiers(async ({ addOrder, lookUp }) => {
    const tickets: Ticket[] = [];
    for (let n = 0; n < LIVE; n += 1) tickets.push((await addOrder()).ticket);
    const taken = await timeEach((index) =>
      lookUp(tickets[index % LIVE] as Ticket, `device-${index % CLIENTS}`),
    );
    report('copier.lookup_p99_ms', percentile(taken, 99), 'ms');
    const kept = await hash('0420', ARGON);
    report('copier.limit.lookup_p99_ms', percentile(await timeEach(() => verify(kept, '0420')), 99), 'ms');
  });
