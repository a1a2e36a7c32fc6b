import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PEERS = resolve(import.meta.dirname, '../peers');

/** What a tool printed, and how it ended; null when it is not installed. */
export type Output = { readonly stdout: string; readonly stderr: string; readonly code: number };

export const outputOf = async (command: string, words: readonly string[]): Promise<Output | null> => {
  try {
    const { stdout, stderr } = await run(command, words, { maxBuffer: 64 * 1024 * 1024 });
    return { stdout, stderr, code: 0 };
  } catch (error) {
    const failed = error as { code?: unknown; stdout?: string; stderr?: string };
    if (failed.code === 'ENOENT') return null;
    const code = typeof failed.code === 'number' ? failed.code : 1;
    return { stdout: failed.stdout ?? '', stderr: failed.stderr ?? String(error), code };
  }
};

/** Fetches a peer's jars once by its ordinary Maven coordinates; answers the class path, or null when out of reach. */
export const javaPeer = async (name: 'dss' | 'verapdf'): Promise<string | null> => {
  const folder = join(PEERS, name);
  const jars = join(folder, 'target/lib');
  if (!existsSync(jars)) {
    const goal = ['-q', '-B', '-f', folder, 'dependency:copy-dependencies', '-DoutputDirectory=target/lib'];
    const fetched = await outputOf('mvn', goal);
    if (fetched?.code !== 0) return null;
  }
  return (await outputOf('java', ['-version'])) === null ? null : `${jars}/*`;
};

/** A Python with pyHanko in a virtual environment of its own; null when out of reach. */
export const pythonPeer = async (): Promise<string | null> => {
  const folder = join(PEERS, 'pyhanko/target');
  const python = join(folder, 'bin/python');
  if (!existsSync(join(folder, 'ready'))) {
    const made = await outputOf('python3', ['-m', 'venv', folder]);
    if (made?.code !== 0) return null;
    const requirements = join(PEERS, 'pyhanko/requirements.txt');
    const installed = await outputOf(python, ['-m', 'pip', 'install', '-q', '-r', requirements]);
    if (installed?.code !== 0) return null;
    mkdirSync(join(folder, 'ready'));
  }
  return python;
};

/** Judgements of `dss/Validate.java` or `pyhanko/validate.py`, by file name. */
export type Judgement = {
  readonly file: string;
  readonly indication: string;
  readonly subIndication?: string;
  readonly level?: string;
  readonly changes?: string;
  readonly objectsChanged?: boolean;
};

export const judgementsOf = ({ stdout, stderr }: Output): Map<string, Judgement> => {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  if (lines.length === 0) throw new Error(`a peer judged nothing: ${stderr.slice(-2000)}`);
  const all = lines.map((line) => JSON.parse(line) as Judgement);
  return new Map(all.map((one) => [one.file, one]));
};
