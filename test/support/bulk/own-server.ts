import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#platform/database/embedded.ts';

/** What makes filling bearable; the write-ahead log of a table is not needed by the transaction that makes it. */
const FILLING = {
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
  checkpoint_timeout: '30min',
  shared_buffers: '1GB',
  autovacuum: 'off',
  fsync: 'off',
};

const alter = async (url: string, settings: Readonly<Record<string, string>>): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const [name, value] of Object.entries(settings))
      await client.query(`alter system set ${name} = '${value}'`);
    await client.query('select pg_reload_conf()');
  } finally {
    await client.end();
  }
};

/**
 * A server of its own that is quick to fill, in the system's folder for temporary files; `settle` has it keep what is
 * written from then on as any server does. Nothing is left of it afterwards, nor when the process is told to end.
 */
export const withOwnServer = async (
  work: (server: { readonly url: string; readonly settle: () => Promise<void> }) => Promise<void>,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-size-'));
  let running = await startEmbeddedPostgres(folder);
  const end = async (): Promise<void> => {
    await running.stop().finally(() => rmSync(folder, { recursive: true, force: true }));
  };
  const onSignal = (): void => void end().finally(() => process.exit(1));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  try {
    await alter(running.url, FILLING);
    await running.stop();
    running = await startEmbeddedPostgres(folder);
    await work({ url: running.url, settle: () => alter(running.url, { fsync: 'on' }) });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
    await end();
  }
};
