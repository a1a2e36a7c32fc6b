import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';

const LOCK = 7_245_113;

/**
 * Applies the `NNNN_name.sql` files of `folder` that are not yet recorded, in order, each in its own transaction,
 * under an advisory lock so that any number of processes may start at once. Throws when an applied file has changed:
 * migrations are forward-only. Returns the names applied now.
 */
export const migrate = async (url: string, folder: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await runMigrations({ connectionString: url });
    await client.query(
      'create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    );
    const known = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration');
    const applied = new Map(known.rows.map((row) => [row.name, row.sha256]));
    const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
    const now: string[] = [];
    for (const name of files) if (await apply(client, folder, name, applied.get(name))) now.push(name);
    return now;
  } finally {
    await client.end();
  }
};

const apply = async (client: pg.Client, folder: string, name: string, before?: string): Promise<boolean> => {
  const text = await readFile(join(folder, name), 'utf8');
  const sha256 = createHash('sha256').update(text).digest('hex');
  if (before === sha256) return false;
  if (before !== undefined)
    throw new Error(`${name} has changed since it was applied; add a new migration instead`);
  await client.query('begin');
  try {
    // A migration that cannot get its lock gives way instead of stopping the service behind it.
    await client.query("set local lock_timeout = '10s'; set local statement_timeout = '10min'");
    await client.query(text);
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  return true;
};
