import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const folder = resolve(import.meta.dirname, '../../config/demo/register');

test('the sample register is what its seed makes, byte for byte', async () => {
  const { SAMPLE_REGISTER } = (await import(join(folder, 'generate.ts'))) as {
    SAMPLE_REGISTER: Readonly<Record<string, string>>;
  };
  for (const [file, text] of Object.entries(SAMPLE_REGISTER)) {
    // No diff of 94,000 lines: `node config/demo/register/generate.ts` mends it.
    assert.ok((await readFile(join(folder, file), 'utf8')) === text, `${file} is not what generate.ts makes`);
  }
  assert.equal(Object.keys(SAMPLE_REGISTER).length, 11);
});
