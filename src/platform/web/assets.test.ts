import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { buildAssets } from './assets.ts';

test('an asset says the same in every encoding, each time it is asked for, and may be kept for a year', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-assets-'));
  writeFileSync(join(folder, 'main.css'), `p { color: red }\n`.repeat(200));
  writeFileSync(
    join(folder, 'one.ts'),
    `export const shout = (text: string): string => text.toUpperCase();\n`,
  );
  const { stylesheet, scripts, routes } = await buildAssets({
    stylesheet: join(folder, 'main.css'),
    folder,
    modules: ['one.ts'],
  });
  for (const url of [stylesheet, scripts.get('one') ?? '']) {
    const ask = (accepted: string) => routes.request(url, { headers: { 'accept-encoding': accepted } });
    const bytesOf = async (accepted: string): Promise<Buffer> =>
      Buffer.from(await (await ask(accepted)).arrayBuffer());
    const plain = await bytesOf('');
    assert.ok(plain.length > 0);
    for (let time = 0; time < 2; time += 1) {
      assert.deepEqual(brotliDecompressSync(await bytesOf('gzip, br')), plain);
      assert.deepEqual(gunzipSync(await bytesOf('gzip')), plain);
    }
    const { headers } = await ask('gzip, br');
    assert.equal(headers.get('content-encoding'), 'br');
    assert.match(headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
  }
  rmSync(folder, { recursive: true, force: true });
});
