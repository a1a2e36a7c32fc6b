import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#test/support/database.ts';
import { addJob, startWorker } from './jobs.ts';

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
