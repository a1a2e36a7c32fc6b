import type pg from 'pg';

/** Jobs that share places. `tasks` are their kinds as the queue numbers them, `free` how many more may run now. */
export type Lane = { readonly tasks: readonly number[]; readonly free: number };

/** A job as it was taken; one that was asked for since has another revision, and is no more the worker's to end. */
export type HeldJob = { readonly id: string; readonly revision: number };

export type TakenJob = HeldJob & {
  readonly task: number;
  readonly payload: Readonly<Record<string, string>>;
  readonly attempts: number;
};

export type FailedJob = HeldJob & { readonly message: string };

/** The number of each kind of job; those that are new get one, which the caller may keep: it is committed for good. */
export const numberTasks = async (pool: pg.Pool, names: readonly string[]): Promise<Map<string, number>> => {
  await pool.query(
    `insert into graphile_worker._private_tasks (identifier) select unnest($1::text[]) on conflict do nothing`,
    [names],
  );
  const { rows } = await pool.query<{ id: number; identifier: string }>(
    'select id, identifier from graphile_worker._private_tasks where identifier = any($1::text[])',
    [names],
  );
  return new Map(rows.map(({ id, identifier }) => [identifier, id]));
};

/**
 * Within a priority the index of the queue stands in the order asked for; asked for both at once it would be read through
 * every job that is planned for later. Only the first lane has jobs that come last. Jobs are named by arrays, never by
 * joins, of which PostgreSQL expects so many rows that it reads the whole table, which holds what is planned for weeks.
 */
const TAKE = `
with done as (
  delete from graphile_worker._private_jobs
  where id = any($2::bigint[]) and revision = ($3::integer[])[array_position($2::bigint[], id)] and locked_by = $1),
lane as (
  select * from jsonb_to_recordset($4::jsonb) as lane(number integer, tasks integer[], free integer)),
due as (
  select job.id, lane.number from lane cross join lateral (
    select id from graphile_worker._private_jobs
    where is_available and priority = 0 and run_at <= now() and task_id = any(lane.tasks)
    order by run_at limit lane.free for update skip locked) job),
last as (
  select job.id from lane cross join lateral (
    select id from graphile_worker._private_jobs
    where is_available and priority = 1 and run_at <= now() and task_id = any(lane.tasks)
    order by run_at limit lane.free - (select count(*) from due where number = 0)
    for update skip locked) job
  where lane.number = 0)
update graphile_worker._private_jobs set attempts = attempts + 1, locked_by = $1, locked_at = now()
where id = any(array(select id from due union all select id from last))
returning id, revision, task_id as task, payload, attempts`;

const namesOf = (jobs: readonly HeldJob[]) => [
  jobs.map(({ id }) => id),
  jobs.map(({ revision }) => revision),
];

/** In one statement: forgets the jobs that are done, and locks as many that are due as there are places for. */
export const takeJobs = async (
  client: pg.Client,
  worker: string,
  { done, lanes }: { readonly done: readonly HeldJob[]; readonly lanes: readonly Lane[] },
): Promise<TakenJob[]> => {
  const free = lanes.map((lane, number) => ({ ...lane, number })).filter((lane) => lane.free > 0);
  const values = [worker, ...namesOf(done), JSON.stringify(free)];
  return (await client.query<TakenJob>({ name: 'take_jobs', text: TAKE, values })).rows;
};

/** Lets failed jobs be tried again, each after a pause that grows to six hours with its tries. */
export const failJobs = async (
  client: pg.Client,
  worker: string,
  failed: readonly FailedJob[],
): Promise<void> => {
  await client.query(
    `update graphile_worker._private_jobs set last_error = ($4::text[])[array_position($2::bigint[], id)],
       locked_by = null, locked_at = null,
       run_at = greatest(now(), run_at) + exp(least(attempts, 10)) * interval '1 second'
     where id = any($2::bigint[]) and revision = ($3::integer[])[array_position($2::bigint[], id)] and locked_by = $1`,
    [worker, ...namesOf(failed), failed.map(({ message }) => message)],
  );
};

const LIVING = "hashtextextended('akashi worker ' || $1, 0)";

/** Says that the worker of that name lives, as long as the connection does. */
export const holdLife = async (client: pg.Client, worker: string): Promise<void> => {
  // Shared, so that a connection whose end the server has not noticed yet keeps its successor from nothing.
  await client.query(`select pg_advisory_lock_shared(${LIVING})`, [worker]);
};

/** Frees the jobs of workers that are gone: those whose lock can be taken (docs/adr/0047). */
export const freeJobsOfTheDead = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(
    `select distinct locked_by as name from graphile_worker._private_jobs
     where locked_by is not null and locked_at < now() - interval '10 seconds'`,
  );
  for (const { name } of rows) {
    const tried = `select pg_try_advisory_xact_lock(${LIVING}) as dead`;
    const [answer] = (await client.query<{ dead: boolean }>(tried, [name])).rows;
    if (answer?.dead === true)
      await client.query('select graphile_worker.force_unlock_workers(array[$1])', [name]);
  }
};
