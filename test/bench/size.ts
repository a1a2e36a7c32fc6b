import { openRequests } from '#test/support/bulk/requests.ts';
import { readBare, timeEach } from '#test/support/bulk/time-requests.ts';
import { withBulkService } from '#test/support/bulk/with-bulk-service.ts';
import { withAkashi } from './akashi.ts';
import { milliseconds, percentile, report } from './measure.ts';

const SIZES = (process.env['AKASHI_CERTIFICATES'] ?? '1000,100000,1000000').split(',').map(Number);
const REQUESTS = 300;
const WARM_UP = 30;
/** Requests to a service whose database holds so many certificates with everything that came with them. */
export const benchSize = (sizes: readonly number[] = SIZES): Promise<void> =>
  withAkashi((platform, parts) =>
    withBulkService(platform, parts, async ({ app, growTo }) => {
      for (const certificates of sizes) {
        const took = await milliseconds(() => growTo(certificates));
        process.stderr.write(`${certificates} certificates filled in within ${(took / 1000).toFixed(0)} s\n`);
        const count = REQUESTS + WARM_UP;
        const measure = async (what: string, work: (index: number) => Promise<unknown>): Promise<void> => {
          const taken = await timeEach(work, { warmUp: WARM_UP, requests: REQUESTS });
          for (const percent of [50, 99])
            report(`size.${certificates}.${what}_p${percent}_ms`, percentile(taken, percent), 'ms');
        };
        for (const { name: what, ask } of await openRequests(platform, parts, { app, certificates, count }))
          await measure(what, ask);
        await measure('limit.read', () => readBare(platform.db, { certificates }));
      }
    }),
  );
