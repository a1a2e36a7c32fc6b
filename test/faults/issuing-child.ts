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

type Message = { readonly text: string };
/** What a connection sends together (src/platform/database/session.ts), as pg tells it the answers. */
type Batch = { handleCommandComplete: (message: Message) => void; handleReadyForQuery: () => void };

/** Answers that a commit is done only once it is known that the process may live on. */
const holdBack = (batch: Batch): void => {
  const { handleCommandComplete, handleReadyForQuery } = batch;
  let looked: Promise<void> = Promise.resolve();
  Object.assign(batch, {
    handleCommandComplete: (message: Message) => {
      if (message.text !== 'COMMIT') return handleCommandComplete(message);
      looked = dieWhenDue().then(() => handleCommandComplete(message));
    },
    handleReadyForQuery: () => void looked.then(handleReadyForQuery),
  });
};

const query = pg.Client.prototype.query as (...words: unknown[]) => unknown;
Object.assign(pg.Client.prototype, {
  query(this: pg.Client, ...words: unknown[]) {
    const [first] = words;
    if (typeof first === 'object' && first !== null && 'submit' in first && this !== watcher)
      holdBack(first as unknown as Batch);
    return query.apply(this, words);
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
