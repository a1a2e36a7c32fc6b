import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Runner, Task, WorkerEvents } from 'graphile-worker';
import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import type { Log } from '../log.ts';
import { startRounds } from '../rounds.ts';
import type { JobHandler, JobHandlers } from './jobs.ts';

export type Worker = { stop: () => Promise<void> };

/** Jobs at once, of those that wait for nobody outside and of each outside party's. */
const CONCURRENCY = 3;
/** The jobs', one to listen, one to hold the lock that says we live, one to spare. */
const CONNECTIONS = CONCURRENCY + 3;
const CONNECT_WITHIN_MS = 15_000;
const AGAIN_AFTER_MS = 1000;
const LOOK_EVERY_MS = 30_000;
/**
 * How long jobs under way are waited for: when we are told to stop, and when the database has gone away under them. Of
 * one that asks somebody silent, or whose end graphile-worker cannot write down any more, nobody knows when it ends.
 */
const STOP_WITHIN_MS = 30_000;
const LET_GO_AFTER_MS = 3000;

type Done = (release?: unknown) => void;
type Answer = (error: Error | undefined, client: pg.PoolClient | undefined, done: Done) => void;

const silent = (log: Log) => ({
  error: (message: string) => log.error({ worker: message }, 'job failed'),
  warn: (message: string) => log.warn({ worker: message }, 'worker'),
  info: () => {},
  debug: () => {},
});

/**
 * Connections to the same server that read as pg does by itself: graphile-worker writes the id of a job that failed as
 * JSON, and a `bigint`, as our own connections read it, would end the process there.
 */
const poolFor = ({ options }: pg.Pool): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  // The connection that listens is given back twice when it is lost while its worker ends; pg throws at the second time.
  const connect = pool.connect.bind(pool);
  const once = (done: Done): Done => {
    let given = false;
    return (release) => {
      if (!given) done(release);
      given = true;
    };
  };
  const connectOnce = (answer?: Answer) =>
    answer === undefined ? connect() : connect((error, client, done) => answer(error, client, once(done)));
  return Object.assign(pool, { connect: connectOnce });
};

/** Waits for `work`, and no longer than that. */
const within = (milliseconds: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, setTimeout(milliseconds, null, { ref: false })]);

const LIVING = "hashtextextended('akashi worker ' || $1, 0)";

/**
 * A job that is asked for again while a worker has it gives its key and its tries to the new one (graphile-worker's
 * `add_jobs`). Its worker dead, nobody ends it, and it would look for ever like one that has failed: it never did.
 */
const CLEAR_REPLACED = `select from graphile_worker.complete_jobs(array(
  select id from graphile_worker._private_jobs
  where locked_at is null and key is null and attempts >= max_attempts and last_error is null))`;

/**
 * Frees the jobs of workers that are gone. A killed one leaves its jobs locked, which graphile-worker would leave so for
 * four hours; a living one holds an advisory lock under its name, which ends with its connection.
 */
const freeJobsOfTheDead = async (pool: pg.Pool): Promise<void> => {
  const { rows } = await pool.query<{ name: string }>(
    `select distinct locked_by as name from graphile_worker._private_jobs
     where locked_by is not null and locked_at < now() - interval '10 seconds'`,
  );
  for (const { name } of rows) {
    const tried = `select pg_try_advisory_xact_lock(${LIVING}) as dead`;
    const [answer] = (await pool.query<{ dead: boolean }>(tried, [name])).rows;
    if (answer?.dead === true)
      await pool.query('select graphile_worker.force_unlock_workers(array[$1])', [name]);
  }
  await pool.query(CLEAR_REPLACED);
};

/** One life of the worker: it ends when it is stopped, or when the database goes away under it. */
const begin = async (pool: pg.Pool, taskList: Record<string, Task>, log: Log) => {
  const lines = silent(log);
  const events: WorkerEvents = new EventEmitter();
  let name = '';
  events.on('pool:create', ({ workerPool }) => (name = workerPool.id));
  const alive = await pool.connect();
  let runner: Runner | undefined;
  try {
    await freeJobsOfTheDead(pool);
    const running = (runner = await run({
      pgPool: pool,
      taskList,
      events,
      concurrency: CONCURRENCY,
      pollInterval: 1000,
      noHandleSignals: true,
      // In batches, because only so an answer that the database takes with it ends the worker and not the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: new Logger(
        () => (level, message) => (lines[level as keyof typeof lines] ?? lines.info)(message),
      ),
    }));
    await alive.query(`select pg_advisory_lock(${LIVING})`, [name]);
    const lost = new Promise<void>((done) => alive.once('end', done));
    const over = running.promise.catch((error: unknown) =>
      log.error({ error: String(error) }, 'worker ended'),
    );
    let stopping: Promise<void> | undefined;
    let released = false;
    const stop = async (withinMs: number): Promise<void> => {
      stopping ??= running.stop().catch(() => {});
      await within(withinMs, stopping);
      if (!released) alive.release(true);
      released = true;
    };
    return { ended: Promise.race([over, lost]), stop };
  } catch (error) {
    // One that nobody knows to be alive must take no jobs.
    runner?.stop().catch(() => {});
    alive.release(true);
    throw error;
  }
};

/**
 * Runs jobs until `stop`; a failed one is retried with growing pauses (graphile-worker: exp(least(10, attempt)) s). When
 * the database goes away the worker begins anew as soon as it is there again. Throws when it cannot begin at all.
 *
 * `parties` names the jobs that wait for one party outside, a list for each. They are run beside the others: a mail relay
 * that takes connections and says nothing would else hold every place for a minute, and nothing would be issued.
 */
export const startWorker = async (
  given: pg.Pool,
  handlers: JobHandlers,
  log: Log,
  parties: readonly (readonly string[])[] = [],
): Promise<Worker> => {
  const outside = new Set(parties.flat());
  const inside = Object.keys(handlers).filter((name) => !outside.has(name));
  const workers: Worker[] = [];
  try {
    for (const names of [inside, ...parties]) {
      const some = Object.fromEntries(names.map((name) => [name, handlers[name]]));
      workers.push(await startOne(given, some, log));
    }
  } catch (error) {
    for (const worker of workers) await worker.stop();
    throw error;
  }
  return { stop: async () => void (await Promise.all(workers.map((worker) => worker.stop()))) };
};

const startOne = async (
  given: pg.Pool,
  handlers: Readonly<Record<string, JobHandler | undefined>>,
  log: Log,
): Promise<Worker> => {
  const taskList: Record<string, Task> = {};
  for (const [name, handler] of Object.entries(handlers)) {
    taskList[name] = (payload) => handler?.(payload as Record<string, string>);
  }
  const pool = poolFor(given);
  let stopping = false;
  let life = await begin(pool, taskList, log);
  const livesOn = async (): Promise<void> => {
    while (!stopping) {
      await life.ended;
      if (stopping) return;
      await life.stop(LET_GO_AFTER_MS);
      let next: typeof life | null = null;
      while (next === null && !stopping) {
        await setTimeout(AGAIN_AFTER_MS);
        next = await begin(pool, taskList, log).catch(() => null);
      }
      if (stopping) return next?.stop(STOP_WITHIN_MS);
      life = next ?? life;
    }
  };
  const lives = livesOn();
  const looking = startRounds(() => freeJobsOfTheDead(pool), {
    pauseMs: LOOK_EVERY_MS,
    onError: (error) => log.warn({ error: String(error) }, 'jobs of dead workers were not looked for'),
  });
  return {
    stop: async () => {
      stopping = true;
      await looking.stop();
      await life.stop(STOP_WITHIN_MS);
      await lives;
      await within(LET_GO_AFTER_MS, pool.end());
    },
  };
};
