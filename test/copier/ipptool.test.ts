import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { withDevelopmentPrinter } from '#test/support/campus.ts';
import { emptyPage } from '#test/support/empty-page.ts';
import { skipLoudly } from '#test/support/skip.ts';

const QUESTIONS = resolve(import.meta.dirname, '../peers/cups/job-password.test');

test('CUPS ipptool finds in the development printer one that keeps jobs for their password', async (t) => {
  if (spawnSync('ipptool', ['--version']).error !== undefined)
    return skipLoudly(t, 'CUPS ipptool is not installed (.ci/install)');
  const folder = mkdtempSync(join(tmpdir(), 'akashi-ipptool-'));
  try {
    const file = join(folder, 'page.pdf');
    writeFileSync(file, emptyPage());
    await withDevelopmentPrinter(async ({ uri }) => {
      const { stdout } = await promisify(execFile)('ipptool', ['-t', '-f', file, uri, QUESTIONS]);
      assert.match(stdout, /7 tests, 7 passed/);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
