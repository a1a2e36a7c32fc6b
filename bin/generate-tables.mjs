// Rewrites src/platform/database/tables.ts from a freshly migrated database.
// `--check` fails instead when the file is not what the migrations say.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedPostgres } from '../src/platform/database/embedded.ts';
import { migrate } from '../src/platform/database/migrate.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
const target = join(root, 'src/platform/database/tables.ts');
const folder = mkdtempSync(join(tmpdir(), 'akashi-tables-'));
const server = await startEmbeddedPostgres(join(folder, 'postgres'));
try {
  await migrate(server.url, join(root, 'migrations'));
  const out = join(folder, 'tables.ts');
  const mapping = {
    date: 'Temporal.PlainDate',
    timestamptz: 'Temporal.Instant',
    int8: 'bigint',
    json: 'unknown',
    jsonb: 'unknown',
  };
  await run(join(root, 'node_modules/.bin/kysely-codegen'), [
    '--dialect',
    'postgres',
    '--url',
    server.url,
    '--out-file',
    out,
    '--default-schema',
    'public',
    '--include-pattern',
    'public.*',
    '--type-mapping',
    JSON.stringify(mapping),
  ]);
  const text = readFileSync(out, 'utf8');
  const { writeFileSync } = await import('node:fs');
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(
      'src/platform/database/tables.ts is not what the migrations say: run node bin/generate-tables.mjs',
    );
    process.exitCode = 1;
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
