import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { skipLoudly } from '#test/support/skip.ts';
import { storeZip } from './zip.ts';

test('another program unpacks the same bytes', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-zip-'));
  const entries = [
    {
      name: 'YAMADA_Hanako_Transcript_2026-11-22.pdf',
      bytes: new Uint8Array([37, 80, 68, 70, 0, 255, 10, 13]),
    },
    { name: 'empty.pdf', bytes: new Uint8Array() },
    { name: '証明書.pdf', bytes: Uint8Array.from({ length: 70_000 }, (_, index) => index % 251) },
  ];
  const zip = storeZip(entries, Temporal.PlainDateTime.from('2026-11-22T10:20:30'));
  writeFileSync(join(folder, 'all.zip'), zip);
  const script = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    assert [i.date_time for i in z.infolist()] == [(2026, 11, 22, 10, 20, 30)] * 3
    z.extractall(sys.argv[2])`;
  const run = spawnSync('python3', ['-c', script, join(folder, 'all.zip'), folder], { encoding: 'utf8' });
  if (run.error !== undefined) return skipLoudly(context, 'unpacking a ZIP by another program: no python3');
  assert.equal(run.status, 0, run.stderr);
  for (const { name, bytes } of entries)
    assert.deepEqual(new Uint8Array(readFileSync(join(folder, name))), bytes, name);
  rmSync(folder, { recursive: true });
});
