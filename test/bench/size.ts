import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { openRequests } from '#test/support/bulk/requests.ts';
import { withBulkService } from '#test/support/bulk/with-bulk-service.ts';
import { withAkashi } from './akashi.ts';
import { milliseconds, percentile, report } from './measure.ts';

const SIZES = (process.env['AKASHI_CERTIFICATES'] ?? '1000,100000,1000000').split(',').map(Number);
const REQUESTS = 300;
const WARM_UP = 30;
/** Requests at once. */
const CLIENTS = 4;

/** Milliseconds of each run of `work`, four at once; each is given its number. */
const timeEach = async (work: (index: number) => Promise<unknown>): Promise<number[]> => {
  const taken: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    for (let index = next++; index < WARM_UP + REQUESTS; index = next++) {
      const took = await milliseconds(() => work(index));
      if (index >= WARM_UP) taken.push(took);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return taken;
};

/** An order with its line, print job and certificate, read by their keys in one statement. */
const readBare = async (db: Database, certificates: number): Promise<void> => {
  const n = 1 + Math.floor(Math.random() * certificates);
  await sql`
    select o.state, l.snapshot, j.deadline, c.record from certificate_order o
    join order_line l on l.order_id = o.id join print_job j on j.order_id = o.id
    join issued_certificate c on c.order_id = o.id
    where o.id = md5('order' || ${n}::text)::uuid`.execute(db);
};

/** Requests to a service whose database holds so many certificates with everything that came with them. */
export const benchSize = (sizes: readonly number[] = SIZES): Promise<void> =>
  withAkashi((platform, parts) =>
    withBulkService(platform, parts, async ({ app, growTo }) => {
      for (const certificates of sizes) {
        const took = await milliseconds(() => growTo(certificates));
        process.stderr.write(`${certificates} certificates filled in within ${(took / 1000).toFixed(0)} s\n`);
        const count = REQUESTS + WARM_UP;
        const measure = async (what: string, work: (index: number) => Promise<unknown>): Promise<void> => {
          const taken = await timeEach(work);
          for (const percent of [50, 99])
            report(`size.${certificates}.${what}_p${percent}_ms`, percentile(taken, percent), 'ms');
        };
        for (const { name: what, ask } of await openRequests(platform, parts, { app, certificates, count }))
          await measure(what, ask);
        await measure('limit.read', () => readBare(platform.db, certificates));
      }
    }),
  );
