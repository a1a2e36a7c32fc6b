import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Database } from '#platform/database/database.ts';
import { openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { openLog } from '#platform/log.ts';
import { openMortalDatabase } from './storm/mortal-database.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');

const isThere = (db: Database): Promise<boolean> =>
  db
    .selectFrom('person')
    .select('id')
    .execute()
    .then(
      () => true,
      () => false,
    );

test('a worker whose database went away begins anew when it is back, though a job of before does not end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-worker-'));
  const database = await openMortalDatabase(join(folder, 'postgres'));
  await migrate(database.url, MIGRATIONS);
  const { db, pool, close } = openDatabase(database.url);
  const silence = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const handlers = {
    ask: () => {
      begun.resolve();
      return silence.promise;
    },
    after: async () => done.resolve(),
  };
  const worker = await startWorker(pool, handlers, openLog('silent'));
  try {
    await addJob(db, 'ask', {});
    await begun.promise;
    database.kill();
    while (await isThere(db)) await setTimeout(10);
    await database.revive();
    await addJob(db, 'after', {});
    await done.promise;
  } finally {
    silence.resolve();
    await worker.stop();
    await close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
