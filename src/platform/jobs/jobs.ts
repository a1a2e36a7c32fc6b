import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { prepare } from '../database/prepare.ts';

/** One kind of background work. Handlers must be safe to run again: a job is retried until it succeeds. */
export type JobHandler = (payload: Readonly<Record<string, string>>) => Promise<void>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;

export type JobOptions = {
  /** Two jobs with one key are one job; the later request wins, and makes one that is under way run once more. */
  readonly key?: string;
  readonly runAt?: Temporal.Instant;
  readonly maxAttempts?: number;
  /** Run only when nothing else is due; for jobs that ask nobody outside. */
  readonly last?: boolean;
  /** Nobody waits for it: no worker is called, one that looks next takes it, a second later at the latest. */
  readonly patient?: boolean;
};

type NewJob = {
  readonly name: string;
  readonly payload: string;
  readonly key: string | null;
  readonly runAt: Temporal.Instant | null;
  readonly maxAttempts: number;
  readonly priority: number;
  readonly patient: boolean;
};

const add = prepare((db, job: NewJob) => {
  const query = sql`
    with known as (
      select id from graphile_worker._private_tasks where identifier = ${job.name}),
    new as (
      insert into graphile_worker._private_tasks as task (identifier)
      select ${job.name}::text where not exists (select from known)
      on conflict (identifier) do update set identifier = task.identifier returning id),
    added as (
      insert into graphile_worker._private_jobs as job (task_id, payload, run_at, max_attempts, key, priority)
      select id, ${job.payload}::json, coalesce(${job.runAt}::timestamptz, now()), ${job.maxAttempts}::smallint,
        ${job.key}, ${job.priority}::smallint
      from (select id from known union all select id from new) task
      on conflict (key) do update set task_id = excluded.task_id, payload = excluded.payload, run_at = excluded.run_at,
        max_attempts = excluded.max_attempts, priority = excluded.priority, revision = job.revision + 1, attempts = 0,
        last_error = null, locked_at = null, locked_by = null, updated_at = now()
      returning run_at)
    select pg_notify('jobs:insert', '') from added where run_at <= now() and not ${job.patient}::boolean`;
  return { compile: () => query.compile(db) };
});

/**
 * Adds a job through `db`: inside a transaction it exists only when the transaction commits.
 *
 * What graphile-worker's `add_job` does for the jobs we have, in one statement that a connection plans once: its four are
 * planned anew for every job. A job of the same key that is under way is taken from its worker, for what that has read may
 * be out of date; it runs once more. The worker is called only to what is due
 * now and not patient.
 */
export const addJob = async (
  db: Database,
  name: string,
  payload: Readonly<Record<string, string>>,
  { key, runAt, maxAttempts = 25, last = false, patient = false }: JobOptions = {},
): Promise<void> => {
  await add.write(db, {
    name,
    payload: JSON.stringify(payload),
    key: key ?? null,
    runAt: runAt ?? null,
    maxAttempts,
    priority: last ? 1 : 0,
    patient,
  });
};
