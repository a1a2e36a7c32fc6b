// `npm run check`: types, lint, arrows between floors, texts, format, dead code, migrations.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkImports } from './check-imports.mjs';
import { checkMessages } from './check-messages.mjs';
import { checkOrderStates } from './order-states.mjs';

const root = resolve(import.meta.dirname, '..');
const migrations = readdirSync(join(root, 'migrations')).map((name) => join('migrations', name));
const steps = [
  ['tsc', '--noEmit', '-p', '.'],
  ['oxlint', '--quiet', 'src', 'dev', 'auditor', 'test', 'messages', 'bin'],
  ['biome', 'format', '.'],
  ['squawk', ...migrations],
  ['knip'],
];

let failed = checkImports(root);
failed = checkOrderStates(root) || failed;
failed = (await checkMessages(root)) || failed;
for (const [command, ...args] of steps) {
  const result = spawnSync(join(root, 'node_modules/.bin', command), args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  const ok = result.status === 0;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${command}`);
  if (!ok) console.log(`${result.stdout}${result.stderr}`.trimEnd().slice(0, 12_000), result.error ?? '');
  if (!ok) failed = true;
}
process.exit(failed ? 1 : 0);
