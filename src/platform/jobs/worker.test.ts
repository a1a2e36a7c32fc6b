import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#test/support/database.ts';
import { addJob } from './jobs.ts';
import { startWorker } from './worker.ts';

test('a job that fails is run again, and the process that ran it lives on', () =>
  withDatabase(async ({ db, pool }) => {
    const done = Promise.withResolvers<void>();
    let runs = 0;
    const handlers = {
      stubborn: async () => {
        runs += 1;
        if (runs === 1) throw new Error('not yet');
        done.resolve();
      },
    };
    const worker = await startWorker(pool, handlers, openLog('silent'));
    try {
      await addJob(db, 'stubborn', {});
      await done.promise;
      assert.equal(runs, 2);
    } finally {
      await worker.stop();
    }
  }));

test('a job that a killed worker left locked is run at once; one of a living worker is left to it', () =>
  withDatabase(async ({ db, pool }) => {
    const log = openLog('silent');
    const begun = Promise.withResolvers<void>();
    const letGo = Promise.withResolvers<void>();
    let slowRuns = 0;
    const slow = async () => {
      slowRuns += 1;
      begun.resolve();
      await letGo.promise;
    };
    const first = await startWorker(pool, { slow }, log);
    await addJob(db, 'slow', {});
    await addJob(db, 'left', {});
    await begun.promise;
    await sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute',
      locked_by = coalesce(locked_by, 'killed'), attempts = 1`.execute(db);
    const done = Promise.withResolvers<void>();
    const second = await startWorker(pool, { slow, left: async () => done.resolve() }, log);
    await done.promise;
    assert.equal(slowRuns, 1);
    letGo.resolve();
    await first.stop();
    await second.stop();
  }));
