import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sealAuditTrail } from '#platform/audit/audit.ts';
import { composeJobs } from '#src/compose/jobs.ts';
import { withAkashi } from '#test/bench/akashi.ts';
import { openRequests } from '#test/support/bulk/requests.ts';
import { watchPlans } from '#test/support/bulk/watch-plans.ts';
import { withBulkService } from '#test/support/bulk/with-bulk-service.ts';

const TAKEN_OVER = 1000;
const OLD = 1000;
const CERTIFICATES = 7000;
const EACH_REQUEST = 2;

test('no statement of a journey, nor of what recurs every minute, reads a table that grows from end to end', () => {
  const watch = watchPlans();
  return withAkashi(
    (platform, parts) =>
      withBulkService(platform, parts, async ({ app, growTo }) => {
        watch.pause();
        await growTo(CERTIFICATES, { takenOver: TAKEN_OVER, old: OLD });
        const held = { certificates: CERTIFICATES, takenOver: TAKEN_OVER, old: OLD };
        const requests = await openRequests(platform, parts, { ...held, app, count: EACH_REQUEST });
        await watch.during(async () => {
          for (const { ask } of requests) for (let n = 0; n < EACH_REQUEST; n += 1) await ask(n);
          const jobs = composeJobs(platform, parts);
          for (const [name, run] of Object.entries(jobs)) if (name.startsWith('sweep')) await run({});
          await sealAuditTrail(platform.db, platform.clock.now());
        });
        const { seen, whole } = await watch.judge(platform.db);
        assert.ok(seen > 90, `${seen} statements`);
        assert.deepEqual(whole, []);
      }),
    { plugin: watch.plugin },
  );
});
