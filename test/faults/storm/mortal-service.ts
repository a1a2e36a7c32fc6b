import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../../..');
const AKASHI = join(ROOT, 'bin/akashi.mjs');
const PATIENCE_MS = 120_000;

export type MortalService = {
  readonly url: string;
  /** Throws when it has ended by itself. */
  requireAlive: () => void;
  kill: () => Promise<void>;
  revive: () => Promise<void>;
  /** Runs another command of the installation, such as `audit verify`, and returns what it printed. */
  command: (...words: readonly string[]) => Promise<string>;
  close: () => Promise<void>;
};

/** `akashi serve` in a process of its own, web and worker, that is killed (−9) and started again as a supervisor would. */
export const startMortalService = async (
  variables: Readonly<Record<string, string>>,
): Promise<MortalService> => {
  const url = variables['AKASHI_BASE_URL'] ?? '';
  const { DATABASE_URL: _, ...inherited } = process.env;
  const env = { ...inherited, ...variables };
  let last = '';
  let child: ChildProcess | null = null;
  const alive = (): boolean => child !== null && child.exitCode === null && child.signalCode === null;
  const requireAlive = (): void => {
    if (!alive()) throw new Error(`the service ended with ${child?.exitCode}: ${last}`);
  };
  const revive = async (): Promise<void> => {
    const started = spawn(process.execPath, [AKASHI, 'serve'], {
      cwd: ROOT,
      env: { ...env, AKASHI_LOG: 'fatal' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    last = '';
    started.stderr.on('data', (part: Buffer) => (last = `${last}${part.toString()}`.slice(-2000)));
    for (const until = Date.now() + PATIENCE_MS; ; ) {
      requireAlive();
      const answer = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.ok === true) return;
      if (Date.now() > until) throw new Error(`the service does not answer: ${last}`);
      await setTimeout(50);
    }
  };
  const kill = async (): Promise<void> => {
    if (child === null || !alive()) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await revive();
  return {
    url,
    requireAlive,
    kill,
    revive,
    command: async (...words) => {
      const run = spawn(process.execPath, [AKASHI, ...words], { cwd: ROOT, env, stdio: 'pipe' });
      let printed = '';
      for (const stream of [run.stdout, run.stderr])
        stream.on('data', (part: Buffer) => (printed += part.toString()));
      const [code] = (await once(run, 'close')) as [number | null];
      if (code !== 0) throw new Error(`akashi ${words.join(' ')}: ${printed}`);
      return printed;
    },
    close: kill,
  };
};
