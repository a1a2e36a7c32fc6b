import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { write } from '../database/database.ts';

/** One kind of background work. Handlers must be safe to run again: a job is retried until it succeeds. */
export type JobHandler = (payload: Readonly<Record<string, string>>) => Promise<void>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;

export type JobOptions = {
  /** Two jobs with one key are one job; the later request wins. */
  readonly key?: string;
  readonly runAt?: Temporal.Instant;
  readonly maxAttempts?: number;
  /** Run only when nothing else is due; for jobs that ask nobody outside. */
  readonly last?: boolean;
};

/** Adds a job through `db`: inside a transaction it exists only when the transaction commits. */
export const addJob = async (
  db: Database,
  name: string,
  payload: Readonly<Record<string, string>>,
  options: JobOptions = {},
): Promise<void> => {
  const query = sql`select from graphile_worker.add_job(
    ${name}, ${JSON.stringify(payload)}::json,
    run_at => ${options.runAt ?? null}::timestamptz,
    max_attempts => ${options.maxAttempts ?? 25}::integer,
    job_key => ${options.key ?? null}::text,
    priority => ${options.last === true ? 1 : 0}::smallint)`;
  await write(db, query);
};
