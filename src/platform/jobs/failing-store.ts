import { sql } from 'kysely';
import type { Database } from '../database/database.ts';

export type FailingJob = {
  readonly name: string;
  readonly payload: unknown;
  readonly since: Temporal.Instant;
  readonly attempts: number;
  readonly lastError: string;
  /** Null for one that is not tried any more; a sweep asks for it anew where the work itself still waits. */
  readonly nextTry: Temporal.Instant | null;
};

/** Jobs whose last try failed, longest waiting first; at most 200. */
export const listFailingJobs = async (db: Database): Promise<FailingJob[]> => {
  const { rows } = await sql<FailingJob>`
    select t.identifier as name, j.payload, j.created_at as since, j.attempts, j.last_error as "lastError",
      case when j.attempts < j.max_attempts then j.run_at end as "nextTry"
    from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where j.last_error is not null
    order by j.created_at
    limit 200`.execute(db);
  return rows;
};
