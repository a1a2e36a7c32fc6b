import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePorts } from '#dev/ports.ts';
import { withFolder } from './akashi.ts';
import { medianOf, report } from './measure.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PATIENCE_SECONDS = 60;
const BARE =
  "require('node:http').createServer((_, r) => r.end('Akashi')).listen(+process.argv[1], 'localhost')";

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    async (response) => (await response.arrayBuffer()) !== null && response.status === 200,
    () => false,
  );

/** Seconds from spawning the process to its first page; whatever it then still does is left alone. */
const untilFirstPage = async (child: ChildProcess, url: string, started: number): Promise<number> => {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString()}`.slice(-1_000);
  });
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${complaint}`);
    if (performance.now() - started > PATIENCE_SECONDS * 1000) throw new Error(`no page: ${complaint}`);
    await wait(5);
  }
  return (performance.now() - started) / 1000;
};

/** Stops the process as Ctrl-C does, and without mercy when that takes too long. */
const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended.finally(() => clearTimeout(late));
};

const measure = async (args: (port: number) => string[], dataFolder: string): Promise<number> => {
  const { service } = await findFreePorts();
  const { DATABASE_URL: _, ...environment } = process.env;
  const started = performance.now();
  const child = spawn(process.execPath, args(service), {
    cwd: ROOT,
    env: { ...environment, AKASHI_DATA: dataFolder, AKASHI_PORT: String(service) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    return await untilFirstPage(child, `http://localhost:${service}/`, started);
  } finally {
    await stop(child);
  }
};

/** From nothing, an empty data folder, to the start page; and a bare Node that serves a string. */
export const benchStart = async (): Promise<void> => {
  const akashi = (): string[] => [join(ROOT, 'bin/akashi.mjs'), 'start'];
  const first = await medianOf({ warmUp: 0, rounds: 3 }, async () => {
    let seconds = Number.NaN;
    await withFolder(async (folder) => {
      seconds = await measure(akashi, folder);
    });
    return seconds;
  });
  report('start.first_page_s', first, 's');
  const bare = await medianOf({ warmUp: 0, rounds: 3 }, () =>
    measure((port) => ['-e', BARE, String(port)], ROOT),
  );
  report('start.limit.first_page_s', bare, 's');
};
