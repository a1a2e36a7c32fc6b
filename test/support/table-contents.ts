import type { TestDatabase } from './database.ts';

/** Every row of every table of a schema, by table; two that are equal mean that nothing was written in between. */
export const tableContents = async (
  { pool }: TestDatabase,
  schema: 'public' | 'graphile_worker',
): Promise<Record<string, string[]>> => {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema = $1 and table_type = 'BASE TABLE' order by 1`,
    [schema],
  );
  const contents: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} as t order by 1`);
    contents[name] = rows.map(({ row }) => row);
  }
  return contents;
};
