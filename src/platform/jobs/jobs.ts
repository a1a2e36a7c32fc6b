import type { Task } from 'graphile-worker';
import { Logger, run } from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
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

/** Runs jobs until `stop`; a failed one is retried with growing pauses (graphile-worker: exp(least(10, attempt)) s). */
export const startWorker = async (pool: pg.Pool, handlers: JobHandlers, log: Log): Promise<Worker> => {
  const taskList: Record<string, Task> = {};
  for (const [name, handler] of Object.entries(handlers)) {
    taskList[name] = (payload) => handler(payload as Record<string, string>);
  }
  const lines = silent(log);
  const runner = await run({
    pgPool: pool,
    taskList,
    concurrency: 3,
    pollInterval: 1000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => (lines[level as keyof typeof lines] ?? lines.info)(message)),
  });
  return { stop: () => runner.stop() };
};
