// Issues whatever waits, and kills itself right after the commit that brings the audit trail to AKASHI_KILL_AT events.
import pg from 'pg';
import { scheduleIssuingSweep } from '#features/issuance/index.ts';
import { openDatabase } from '#platform/database/database.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { openLog } from '#platform/log.ts';
import { openService } from '#test/support/issuing.ts';

const [url = '', dataFolder = '', killAt = '', later = '0'] = process.argv.slice(2);
const watcher = new pg.Client({ connectionString: url });
await watcher.connect();

const dieWhenDue = async (): Promise<void> => {
  const { rows } = await watcher.query<{ events: number }>(
    'select count(*)::integer as events from audit_event',
  );
  if ((rows[0]?.events ?? 0) >= Number(killAt)) process.kill(process.pid, 'SIGKILL');
};

const query = pg.Client.prototype.query as (...words: unknown[]) => unknown;
Object.assign(pg.Client.prototype, {
  async query(this: pg.Client, ...words: unknown[]) {
    const result = await query.apply(this, words);
    const [first] = words as [string | { text?: string }];
    const text = typeof first === 'string' ? first : first.text;
    if (text === 'commit' && this !== watcher) await dieWhenDue();
    return result;
  },
});

const { db, pool, close } = openDatabase(url);
// Every start is a little later, so that the sweep finds what the last one left.
const clock = {
  now: () =>
    Temporal.Now.instant()
      .round('microsecond')
      .add({ minutes: Number(later) }),
};
const { parts, jobs } = await openService(db, { url, dataFolder, clock });
const worker = await startWorker(pool, jobs, openLog('silent'));
await scheduleIssuingSweep(db);
for (;;) {
  const open = await db.selectFrom('certificate_order').select('id').where('state', '!=', 'ready').execute();
  if (open.length === 0) break;
  await new Promise((done) => setTimeout(done, 50));
}
await worker.stop();
parts.close();
await close();
await watcher.end();
process.exit(0);
