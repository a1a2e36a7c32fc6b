import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

/** What of one journey's rows becomes of the n-th like it; SQL over the model row `m`, its place `m.k` and the number `n`. */
export type Grown = {
  readonly table: string;
  /** Columns that differ from the model's; identity columns that are not named are counted on. */
  readonly own: Readonly<Record<string, string>>;
  /** In which order the model's rows have their places. */
  readonly order?: string;
  /** Of which numbers there is such a row; all when absent. */
  readonly only?: string;
};

/** Keeps the rows of the one journey in the database as the model, on the connection of `db`. */
export const keepModel = async (db: Database, { table, order = 'true' }: Grown): Promise<void> => {
  await sql
    .raw(
      `create temporary table model_${table} as select *, row_number() over (order by ${order}) as k from ${table}`,
    )
    .execute(db);
};

const columnsOf = async (db: Database, table: string): Promise<{ name: string; identity: boolean }[]> => {
  const { rows } = await sql<{ name: string; identity: boolean }>`
    select column_name as name, is_identity = 'YES' as identity from information_schema.columns
    where table_schema = 'public' and table_name = ${table} order by ordinal_position`.execute(db);
  return rows;
};

/** The rows of journeys `from` to `to`. */
export const multiply = async (
  db: Database,
  { table, own, only = 'true' }: Grown,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> => {
  const columns = (await columnsOf(db, table)).filter(({ name, identity }) => !identity || name in own);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const values = columns.map(({ name }) => own[name] ?? `m."${name}"`).join(', ');
  await sql
    .raw(
      `insert into ${table} (${names}) overriding system value select ${values}
       from model_${table} m cross join generate_series(${from}, ${to}) n where ${only}`,
    )
    .execute(db);
};

/** Runs `work` while the tables have no index but their keys and nobody looks through them, which is faster by half, and makes the others again. */
export const withoutIndexes = async (
  db: Database,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> => {
  const { rows } = await sql<{ drop: string; make: string }>`
    select case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
        else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
      case when c.oid is null then pg_get_indexdef(i.indexrelid)
        else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
        end as make
    from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype = 'u'
    where not i.indisprimary and i.indrelid = any(${tables}::regclass[])`.execute(db);
  for (const { drop } of rows) await sql.raw(drop).execute(db);
  const each = async (change: string): Promise<void> => {
    for (const table of tables) await sql.raw(`alter table ${table} ${change}`).execute(db);
  };
  await each('set (autovacuum_enabled = false)');
  await work();
  await each('reset (autovacuum_enabled)');
  await sql`set maintenance_work_mem = '512MB'`.execute(db);
  for (const { make } of rows) await sql.raw(make).execute(db);
};
