import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded.ts';

test('our own server is reached over a socket in its folder, and over the loopback where its path is too long', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-embedded-'));
  const reach = async (place: string): Promise<unknown> => {
    const server = await startEmbeddedPostgres(place);
    const client = new pg.Client({ connectionString: server.url });
    try {
      const adopted = await startEmbeddedPostgres(place);
      assert.deepEqual([adopted.adopted, adopted.url], [true, server.url]);
      await client.connect();
      return (await client.query<{ address: string | null }>('select inet_client_addr() as address')).rows[0]
        ?.address;
    } finally {
      await client.end();
      await server.stop();
    }
  };
  try {
    // No address: a socket. Windows has none that we use.
    assert.equal(await reach(join(folder, 'short')), process.platform === 'win32' ? '127.0.0.1' : null);
    assert.equal(await reach(join(folder, 'long'.repeat(25))), '127.0.0.1');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
