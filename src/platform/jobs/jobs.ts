import type { Task } from 'graphile-worker';
import { Logger, run } from 'graphile-worker';
import { sql } from 'kysely';
import pg from 'pg';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';

/** One kind of background work. Handlers must be safe to run again: a job is retried until it succeeds. */
export type JobHandler = (payload: Readonly<Record<string, string>>) => Promise<void>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;

export type JobOptions = {
  /** Two jobs with one key are one job; the later request wins. */
  readonly key?: string;
  readonly runAt?: Temporal.Instant;
  readonly maxAttempts?: number;
};

/** Adds a job through `db`: inside a transaction it exists only when the transaction commits. */
export const addJob = async (
  db: Database,
  name: string,
  payload: Readonly<Record<string, string>>,
  options: JobOptions = {},
): Promise<void> => {
  await sql`select graphile_worker.add_job(
    ${name}, ${JSON.stringify(payload)}::json,
    run_at => ${options.runAt ?? null}::timestamptz,
    max_attempts => ${options.maxAttempts ?? 25}::integer,
    job_key => ${options.key ?? null}::text)`.execute(db);
};

export type Worker = { stop: () => Promise<void> };

const silent = (log: Log) => ({
  error: (message: string) => log.error({ worker: message }, 'job failed'),
  warn: (message: string) => log.warn({ worker: message }, 'worker'),
  info: () => {},
  debug: () => {},
});

const CONCURRENCY = 3;

/**
 * Connections to the same server that read as pg does by itself: graphile-worker writes the id of a job that failed as
 * JSON, and a `bigint`, as our own connections read it, would end the process there.
 */
const poolFor = ({ options }: pg.Pool): pg.Pool => {
  const pool = new pg.Pool({ connectionString: options.connectionString, max: CONCURRENCY + 2 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
};

/** Runs jobs until `stop`; a failed one is retried with growing pauses (graphile-worker: exp(least(10, attempt)) s). */
export const startWorker = async (pool: pg.Pool, handlers: JobHandlers, log: Log): Promise<Worker> => {
  const taskList: Record<string, Task> = {};
  for (const [name, handler] of Object.entries(handlers)) {
    taskList[name] = (payload) => handler(payload as Record<string, string>);
  }
  const lines = silent(log);
  const ownPool = poolFor(pool);
  const runner = await run({
    pgPool: ownPool,
    taskList,
    concurrency: CONCURRENCY,
    pollInterval: 1000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => (lines[level as keyof typeof lines] ?? lines.info)(message)),
  });
  return {
    stop: async () => {
      await runner.stop();
      await ownPool.end();
    },
  };
};
