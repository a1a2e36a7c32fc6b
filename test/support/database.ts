import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { OpenDatabase } from '#platform/database/database.ts';
import { openDatabase } from '#platform/database/database.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded.ts';
import { migrate } from '#platform/database/migrate.ts';

export type TestDatabase = OpenDatabase & { readonly url: string };

const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');

const withName = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

const onServer = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
};

/** A server for this test file: `DATABASE_URL`'s, `AKASHI_TEST_SERVER`'s (set by `npm test`), or an embedded one. */
const openServer = async (own?: string): Promise<{ url: string; stop: () => Promise<void> }> => {
  const given = own ?? process.env['AKASHI_TEST_SERVER'] ?? process.env['DATABASE_URL'];
  if (given !== undefined) return { url: given, stop: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'akashi-test-'));
  const server = await startEmbeddedPostgres(folder);
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, stop };
};

/**
 * Runs `work` on a fresh, migrated database of a real PostgreSQL and drops it afterwards. `AKASHI_TEST_TEMPLATE`
 * names a migrated database to clone, which takes about 20 ms. `own` is the address of another server, which has none.
 */
export const withDatabase = async (
  work: (database: TestDatabase) => Promise<void>,
  { own }: { readonly own?: string | undefined } = {},
): Promise<void> => {
  const server = await openServer(own);
  const name = `akashi_test_${randomBytes(6).toString('hex')}`;
  const template = own === undefined ? process.env['AKASHI_TEST_TEMPLATE'] : undefined;
  await onServer(
    server.url,
    `create database ${name}${template === undefined ? '' : ` template ${template}`}`,
  );
  const url = withName(server.url, name);
  try {
    if (template === undefined) await migrate(url, MIGRATIONS);
    const open = openDatabase(url);
    try {
      await work({ ...open, url });
    } finally {
      await open.close();
    }
  } finally {
    await onServer(server.url, `drop database ${name} with (force)`);
    await server.stop();
  }
};
