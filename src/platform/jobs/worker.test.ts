import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import type { Database } from '#platform/database/database.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#test/support/database.ts';
import { listFailingJobs } from './failing-store.ts';
import { addJob } from './jobs.ts';
import { failJobs, numberTasks, takeJobs } from './queue-store.ts';
import { startWorker } from './worker.ts';

const lockedJobs = async (db: Database): Promise<number> => {
  const { rows } = await sql`select from graphile_worker._private_jobs where locked_at is not null`.execute(
    db,
  );
  return rows.length;
};

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

test('a job that was asked for again while its worker was killed is run once more, and leaves nothing behind', () =>
  withDatabase(async ({ db, pool }) => {
    await (await startWorker(pool, {}, openLog('silent'))).stop();
    await addJob(db, 'again', {}, { key: 'again' });
    await sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute',
      locked_by = 'killed', attempts = 1`.execute(db);
    await addJob(db, 'again', {}, { key: 'again' });
    const done = Promise.withResolvers<void>();
    let runs = 0;
    const again = async () => {
      runs += 1;
      done.resolve();
    };
    const worker = await startWorker(pool, { again }, openLog('silent'));
    await done.promise;
    await worker.stop();
    assert.equal(runs, 1);
    const { rows } = await sql`select id from graphile_worker._private_jobs`.execute(db);
    assert.deepEqual(rows, []);
  }));

test('a job that is asked for again while it is done is done once more, however the first time ends', async () => {
  for (const end of ['well', 'badly'] as const)
    await withDatabase(async ({ db, pool }) => {
      const begun = Promise.withResolvers<void>();
      const letGo = Promise.withResolvers<void>();
      const said: string[] = [];
      const again = async ({ word = '' }: Readonly<Record<string, string>>) => {
        said.push(word);
        if (word !== 'first') return;
        begun.resolve();
        await letGo.promise;
        if (end === 'badly') throw new Error('not yet');
      };
      const worker = await startWorker(pool, { again }, openLog('silent'));
      await addJob(db, 'again', { word: 'first' }, { key: 'again' });
      await begun.promise;
      const later = Temporal.Now.instant().add({ hours: 1 });
      await addJob(db, 'again', { word: 'later' }, { key: 'again', runAt: later });
      letGo.resolve();
      await worker.stop();
      const { rows } = await sql`select payload ->> 'word' as word, attempts, last_error, locked_by,
        run_at::text = ${later}::timestamptz::text as later from graphile_worker._private_jobs`.execute(db);
      const waiting = { word: 'later', attempts: 0, last_error: null, locked_by: null, later: true };
      assert.deepEqual(rows, [waiting], 'what was asked for while it was done waits for its time');
      const done = Promise.withResolvers<void>();
      const second = await startWorker(pool, { again: async () => done.resolve() }, openLog('silent'));
      await addJob(db, 'again', { word: 'now' }, { key: 'again' });
      await done.promise;
      await second.stop();
      const left = await sql`select id from graphile_worker._private_jobs`.execute(db);
      assert.deepEqual(left.rows, []);
      assert.deepEqual(said, ['first']);
    });
});

test('a worker is called to what is due, not to what is planned for later', () =>
  withDatabase(async ({ db, pool }) => {
    const listener = await pool.connect();
    let calls = 0;
    listener.on('notification', () => (calls += 1));
    await listener.query('listen "jobs:insert"');
    await addJob(db, 'later', {}, { runAt: Temporal.Now.instant().add({ hours: 1 }) });
    await listener.query('select');
    assert.equal(calls, 0);
    await addJob(db, 'due', {});
    await addJob(db, 'due', {}, { runAt: Temporal.Now.instant().subtract({ hours: 1 }) });
    await listener.query('select');
    assert.equal(calls, 2);
    listener.release(true);
  }));

test('jobs that wait for a party that says nothing keep no others waiting', () =>
  withDatabase(async ({ db, pool }) => {
    const silence = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    let waiting = 0;
    const handlers = {
      ask: async () => {
        waiting += 1;
        if (waiting === 3) asked.resolve();
        await silence.promise;
      },
      work: async () => done.resolve(),
    };
    const worker = await startWorker(pool, handlers, openLog('silent'), [['ask']]);
    for (let n = 0; n < 10; n += 1) await addJob(db, 'ask', {});
    await asked.promise;
    await addJob(db, 'work', {});
    await done.promise;
    assert.equal(waiting, 3, 'as many as are asked at once, all without an answer');
    silence.resolve();
    await worker.stop();
  }));

test('a job that comes last waits until everything else that is due is done, however long it has been waiting', () =>
  withDatabase(async ({ db, pool }) => {
    const soon = Promise.withResolvers<void>();
    const handlers = { slow: () => soon.promise, soon: async () => soon.resolve() };
    // More of them than run at once: none ends before the other has run.
    for (let n = 0; n < 9; n += 1) await addJob(db, 'slow', {}, { last: true });
    await addJob(db, 'soon', {});
    const worker = await startWorker(pool, handlers, openLog('silent'));
    await soon.promise;
    await worker.stop();
  }));

test('a worker whose connection is lost under a job keeps the job, and goes on', () =>
  withDatabase(async ({ db, pool }) => {
    const begun = Promise.withResolvers<void>();
    const letGo = Promise.withResolvers<void>();
    const after = Promise.withResolvers<void>();
    let runs = 0;
    const handlers = {
      slow: async () => {
        runs += 1;
        begun.resolve();
        await letGo.promise;
      },
      after: async () => after.resolve(),
    };
    const worker = await startWorker(pool, handlers, openLog('silent'));
    await addJob(db, 'slow', {});
    await begun.promise;
    await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`.execute(db);
    letGo.resolve();
    await addJob(db, 'after', {});
    await after.promise;
    await worker.stop();
    assert.equal(runs, 1);
    const { rows } = await sql`select id from graphile_worker._private_jobs`.execute(db);
    assert.deepEqual(rows, [], 'its end is written down by the next connection');
  }));

test('only as many jobs are taken as there are places for: what is due first goes first, whatever came meanwhile', () =>
  withDatabase(async ({ db, pool }) => {
    const order: string[] = [];
    const gates = Array.from({ length: 3 }, () => Promise.withResolvers<void>());
    const all = Promise.withResolvers<void>();
    const handlers = {
      gate: ({ n = '' }) => gates[Number(n)]?.promise ?? Promise.resolve(),
      named: async ({ name = '' }) => {
        order.push(name);
        if (order.length === 3) all.resolve();
      },
    };
    for (let n = 0; n < 3; n += 1) await addJob(db, 'gate', { n: String(n) });
    await addJob(db, 'named', { name: 'last' }, { last: true });
    const worker = await startWorker(pool, handlers, openLog('silent'));
    while ((await lockedJobs(db)) < 3) await setTimeout(5);
    const early = Temporal.Now.instant().subtract({ hours: 1 });
    await addJob(db, 'named', { name: 'second' });
    await addJob(db, 'named', { name: 'first' }, { runAt: early });
    gates[0]?.resolve();
    await all.promise;
    assert.deepEqual(order, ['first', 'second', 'last']);
    for (const gate of gates) gate.resolve();
    await worker.stop();
  }));

test('a worker is called to what is due, but not to what is patient, and takes that too', () =>
  withDatabase(async ({ db, pool, url }) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    let calls = 0;
    client.on('notification', () => (calls += 1));
    await client.query('listen "jobs:insert"');
    const done = Promise.withResolvers<void>();
    const worker = await startWorker(pool, { patient: async () => done.resolve() }, openLog('silent'));
    await addJob(db, 'patient', {}, { patient: true });
    await addJob(db, 'later', {}, { runAt: Temporal.Now.instant().add({ hours: 1 }) });
    await done.promise;
    await client.query('select');
    assert.equal(calls, 0);
    await addJob(db, 'due', {});
    await client.query('select');
    assert.equal(calls, 1);
    await worker.stop();
    await client.end();
  }));

test('taking and ending jobs reads those that are due, not the many that are planned for later', () =>
  withDatabase(async ({ db, pool, url }) => {
    await addJob(db, 'later', {}, { runAt: Temporal.Now.instant().add({ hours: 100 }) });
    await sql`insert into graphile_worker._private_jobs (task_id, run_at)
      select task_id, run_at from graphile_worker._private_jobs, generate_series(1, 2000)`.execute(db);
    await sql`analyze graphile_worker._private_jobs`.execute(db);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const tasks = [...(await numberTasks(pool, ['well', 'badly', 'later'])).values()];
      const readWhole = async () => {
        await client.query('select pg_stat_force_next_flush()');
        const { rows } = await client.query<{ n: string }>(
          "select seq_tup_read::text as n from pg_stat_all_tables where relname = '_private_jobs'",
        );
        return rows[0]?.n;
      };
      const before = await readWhole();
      await addJob(db, 'well', {});
      await addJob(db, 'badly', {});
      const lanes = [{ tasks, free: 3 }];
      const [well, badly, ...more] = await takeJobs(client, 'one', { done: [], lanes });
      assert.ok(well !== undefined && badly !== undefined && more.length === 0);
      await failJobs(client, 'one', [{ ...badly, message: 'not yet' }]);
      assert.deepEqual(await takeJobs(client, 'one', { done: [well], lanes }), []);
      assert.equal(await readWhole(), before);
      const [failing, ...others] = await listFailingJobs(db);
      assert.deepEqual([failing?.name, failing?.lastError, others.length], ['badly', 'not yet', 0]);
    } finally {
      await client.end();
    }
  }));
