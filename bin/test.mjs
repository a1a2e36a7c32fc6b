// `npm test [files]`: every test on a real PostgreSQL, two files at a time, then what was skipped. With `--soak`
// (`npm run test:soak`) the large numbers instead, with `--engines` (`npm run test:engines`) the browser engines.
// The server is DATABASE_URL's, or the embedded one in a folder of its own; each test clones a migrated template.
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/platform/database/embedded.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { installBrowser } from './install-browser.mjs';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'akashi-tests-'));
const embedded = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres(join(folder, 'postgres'));
const server = process.env.DATABASE_URL ?? embedded.url;
const template = `akashi_template_${process.pid}`;

const onServer = async (statement) => {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
};

const runTests = (files, environment) =>
  new Promise((done) => {
    const hook = join(root, 'bin/tsx-hook.mjs');
    const options = ['--import', hook, '--test', '--test-concurrency=2', '--test-force-exit'];
    const child = spawn(process.execPath, [...options, ...files], {
      cwd: root,
      stdio: 'inherit',
      env: environment,
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    child.once('exit', (code) => done(code ?? 1));
  });

const ORDINARY = ['src/**/*.test.{ts,tsx}', 'dev/**/*.test.ts', 'test/**/*.test.ts', 'bin/*.test.ts'];
const TIERS = { '--soak': ['test/soak/*.soak.ts'], '--engines': ['test/engines/*.engine.ts'] };
const tier = process.argv.slice(2).find((word) => word in TIERS);
const chosen = process.argv.slice(2).filter((word) => word !== tier);
const everything = globSync(tier ? TIERS[tier] : ORDINARY, { cwd: root });
if (chosen.length === 0) installBrowser();
let code = 1;
try {
  await onServer(`create database ${template}`);
  const url = new URL(server);
  url.pathname = `/${template}`;
  await migrate(url.href, join(root, 'migrations'));
  const skipped = join(folder, 'skipped');
  code = await runTests(chosen.length > 0 ? chosen : everything.sort(), {
    ...process.env,
    AKASHI_TEST_SERVER: server,
    AKASHI_TEST_TEMPLATE: template,
    AKASHI_TEST_SKIPPED: skipped,
  });
  for (const line of readSkipped(skipped)) console.log(`SKIPPED: ${line}`);
} finally {
  await onServer(`drop database if exists ${template} with (force)`).catch(() => {});
  await embedded?.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(code);

function readSkipped(file) {
  try {
    return [...new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean))];
  } catch {
    return [];
  }
}
