import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

/** Bytes of each table, what it keeps apart included, and of each index, called by its table too. */
export const readBytes = async (db: Database): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await sql<{ name: string; bytes: string }>`
    select c.relname as name, pg_table_size(c.oid)::text as bytes from pg_class c
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    union all
    select c.relname || ' / ' || i.relname, pg_relation_size(i.oid)::text from pg_index x
    join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    order by name`.execute(db);
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]));
};

/** By how much each grew, shared among so many certificates. */
export const bytesEach = (
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  certificates: number,
): ReadonlyMap<string, number> =>
  new Map([...after].map(([name, bytes]) => [name, (bytes - (before.get(name) ?? 0)) / certificates]));
