import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

/**
 * What of one journey's rows becomes of the n-th like it; SQL over the model row `m`, its place `m.k` and the row `b` of
 * the batch, whose number is `b.n`.
 */
export type Grown = {
  readonly table: string;
  /** Columns that differ from the model's; identity columns that are not named are counted on. */
  readonly own: Readonly<Record<string, string>>;
  /** In which order the model's rows have their places. */
  readonly order?: string;
  /** Which rows of the database are the journey's; all when absent. */
  readonly of?: string;
  /** Of which numbers there is such a row; all when absent. */
  readonly only?: string;
};

/** `model`: the whole journey; `erased`: what the retention left of it. */
export type Model = 'model' | 'erased';

/** Keeps the rows of the one journey in the database as a model, on the connection of `db`. */
export const keepModel = async (
  db: Database,
  model: Model,
  { table, order = 'true', of = 'true' }: Grown,
): Promise<void> => {
  const places = `select *, row_number() over (order by ${order}) as k from ${table} where ${of}`;
  await sql.raw(`create temporary table ${model}_${table} as ${places}`).execute(db);
  await sql.raw(`analyze ${model}_${table}`).execute(db);
};

/** Makes `batch`, a row for each of so many numbers, with the columns that all its rows share: SQL over the number `n`. */
export const keepBatch = async (
  db: Database,
  shared: Readonly<Record<string, string>>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> => {
  const columns = Object.entries(shared).map(([name, value]) => `${value} as ${name}`);
  await sql`drop table if exists batch`.execute(db);
  await sql
    .raw(
      `create temporary table batch as select n, ${columns.join(', ')} from generate_series(${from}, ${to}) n`,
    )
    .execute(db);
  await sql`analyze batch`.execute(db);
};

const columnsOf = async (db: Database, table: string): Promise<{ name: string; identity: boolean }[]> => {
  const { rows } = await sql<{ name: string; identity: boolean }>`
    select column_name as name, is_identity = 'YES' as identity from information_schema.columns
    where table_schema = 'public' and table_name = ${table} order by ordinal_position`.execute(db);
  return rows;
};

/** The rows of the journeys in the batch, those of one journey together, as they are written. */
export const multiply = async (
  db: Database,
  model: Model,
  { table, own, only = 'true' }: Grown,
): Promise<void> => {
  const columns = (await columnsOf(db, table)).filter(({ name, identity }) => !identity || name in own);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const values = columns.map(({ name }) => own[name] ?? `m."${name}"`).join(', ');
  await sql
    .raw(
      `insert into ${table} (${names}) overriding system value select ${values} from batch b
       cross join lateral (select m.* from ${model}_${table} m where b.n is not null offset 0) m where ${only}`,
    )
    .execute(db);
};

/**
 * Runs `work` in a transaction in which nothing keeps the indexes of those tables, and makes them anew. A server with
 * `wal_level = minimal` writes no log of a table, nor of an index, that the same transaction has made.
 */
export const withoutIndexes = async (
  db: Database,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> => {
  const indexes = sql`indrelid = any(${tables}::regclass[])`;
  const { rows } = await sql<{ index: string; table: string; key: boolean }>`
    select indexrelid::regclass::text as index, indrelid::regclass::text as table, indisprimary as key
    from pg_index where ${indexes} order by indrelid, indisprimary desc`.execute(db);
  const { rows: levels } = await sql<{ level: string }>`select current_setting('wal_level') as level`.execute(
    db,
  );
  await sql`set maintenance_work_mem = '512MB'`.execute(db);
  await sql`begin`.execute(db);
  try {
    if (levels[0]?.level === 'minimal')
      for (const { index, table, key } of rows)
        if (key) await sql.raw(`cluster ${table} using ${index}`).execute(db);
    await sql`update pg_index set indisready = false, indisvalid = false where ${indexes}`.execute(db);
    await work();
    for (const { index } of rows) await sql.raw(`reindex index ${index}`).execute(db);
    await sql`commit`.execute(db);
  } catch (error) {
    await sql`rollback`.execute(db);
    throw error;
  }
};
