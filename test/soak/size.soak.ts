import assert from 'node:assert/strict';
import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { sealAuditTrail } from '#platform/audit/audit.ts';
import { carryOutRetention } from '#src/compose/carry-out-retention.ts';
import { composeJobs } from '#src/compose/jobs.ts';
import { withAkashi } from '#test/bench/akashi.ts';
import { milliseconds, percentile } from '#test/bench/measure.ts';
import type { Growth } from '#test/support/bulk/bulk-certificates.ts';
import { bytesEach, readBytes } from '#test/support/bulk/bytes.ts';
import { withOwnServer } from '#test/support/bulk/own-server.ts';
import { openRequests } from '#test/support/bulk/requests.ts';
import { readBare, timeEach } from '#test/support/bulk/time-requests.ts';
import { watchPlans } from '#test/support/bulk/watch-plans.ts';
import { withBulkService } from '#test/support/bulk/with-bulk-service.ts';

/** All of them, and behind a stroke how many of them were ordered here; the others were taken over. */
const [CERTIFICATES = 0, ORDERED = CERTIFICATES] = (process.env['AKASHI_CERTIFICATES'] ?? '10000000/1000000')
  .split('/')
  .map(Number);
/** Of what was ordered here a tenth, a million at most, is younger than the retention. */
const WHOLE = Math.min(1_000_000, Math.ceil(ORDERED / 10));
const HELD = { certificates: CERTIFICATES, takenOver: CERTIFICATES - ORDERED, old: ORDERED - WHOLE };
/** Bytes that are left to everybody else on the disk. */
const SPARE = 6e9;
/** So many tell how many bytes one takes. */
const SAMPLE = 10_000;
const TIMES = { warmUp: 30, requests: 300 };

const started = performance.now();
const tell = (line: string): void => {
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(6)} s  ${line}\n`);
};

/** Says how fast it fills, every half a minute; throws when the disk is nearly full. */
const paceTeller = (): ((certificates: number) => void) => {
  let told = performance.now();
  return (certificates) => {
    if (performance.now() - told < 30_000) return;
    told = performance.now();
    tell(`${certificates} certificates`);
    const { bavail, bsize } = statfsSync(tmpdir());
    if (bavail * bsize < SPARE) throw new Error(`the disk is full of ${certificates} certificates`);
  };
};

const sum = (of: ReadonlyMap<string, number>): number => [...of.values()].reduce((a, b) => a + b, 0);

test(`${CERTIFICATES} certificates, ${HELD.takenOver} taken over, ${HELD.old} older than the retention: no request reads a table from end to end`, () => {
  const watch = watchPlans();
  return withOwnServer(({ url, settle }) =>
    withAkashi(
      (platform, parts) =>
        withBulkService(
          platform,
          parts,
          async ({ app, growTo }) => {
            const { db, clock } = platform;
            watch.pause();
            await growTo(CERTIFICATES, { ...HELD, vacuum: false });
            tell(`filled, with indexes and statistics: ${(sum(await readBytes(db)) / 1e9).toFixed(1)} GB`);
            await settle();
            const count = TIMES.warmUp + TIMES.requests;
            const asked = await openRequests(platform, parts, { ...HELD, app, count });
            const bare = {
              name: 'limit: order, line, job and certificate by their keys',
              ask: () => readBare(db, HELD),
            };
            const measure = async ({ name, ask }: (typeof asked)[number]): Promise<void> => {
              const taken = await timeEach(ask, TIMES);
              const [half, most] = [50, 99].map((percent) =>
                percentile(taken, percent).toFixed(1).padStart(9),
              );
              tell(`${name.padEnd(60)} p50 ${half} ms  p99 ${most} ms`);
            };
            const jobs = composeJobs(platform, parts);
            const recurring = [
              ...Object.entries(jobs).filter(([name]) => name.startsWith('sweep')),
              ['seal-audit-trail', () => sealAuditTrail(db, clock.now())] as const,
            ];
            await watch.during(async () => {
              for (const each of asked) await measure(each);
              for (const [name, run] of recurring)
                tell(`${name.padEnd(60)} ${(await milliseconds(async () => run({}))).toFixed(1)} ms`);
            });
            await measure(bare);
            const retention = () => carryOutRetention({ db, clock }, platform.university.retention);
            tell(`a day's retention ${((await milliseconds(retention)) / 1000).toFixed(1)} s`);
            const { seen, whole } = await watch.judge(db);
            tell(`${seen} statements`);
            assert.ok(seen > 90, `${seen} statements`);
            assert.deepEqual(whole, []);
          },
          paceTeller(),
        ),
      { plugin: watch.plugin, server: url },
    ),
  );
});

test('bytes of a certificate: whole, as the retention leaves it, and taken over', () =>
  withAkashi((platform, parts) =>
    withBulkService(platform, parts, async ({ growTo }) => {
      const { db } = platform;
      const grow = async (certificates: number, growth: Growth): Promise<ReadonlyMap<string, number>> => {
        const before = await readBytes(db);
        await growTo(certificates, growth);
        return bytesEach(before, await readBytes(db), SAMPLE);
      };
      const takenOver = await grow(SAMPLE, { takenOver: SAMPLE });
      const old = await grow(SAMPLE * 2, { old: SAMPLE });
      const whole = await grow(SAMPLE * 3, {});
      const line = (name: string, ...bytes: readonly number[]): void =>
        tell(name.padEnd(75) + bytes.map((value) => value.toFixed(0).padStart(8)).join(''));
      for (const name of whole.keys()) {
        const bytes = [whole, old, takenOver].map((kind) => kind.get(name) ?? 0);
        if (Math.max(...bytes) >= 1) line(name, ...bytes);
      }
      line('all', sum(whole), sum(old), sum(takenOver));
      assert.ok(sum(takenOver) < sum(old) && sum(old) < sum(whole));
    }),
  ));
