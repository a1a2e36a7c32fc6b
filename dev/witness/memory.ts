import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The last tree that was cosigned for one log. */
export type Cosigned = {
  readonly size: number;
  /** In base64. */
  readonly root: string;
  /** The note with our line, as answered. */
  readonly note: string;
};

export type Memory = {
  readonly last: (origin: string) => Cosigned | undefined;
  readonly keep: (origin: string, cosigned: Cosigned) => void;
};

/** What the witness must never forget, in a file that is replaced whole before anything is answered. */
export const openMemory = async (folder: string): Promise<Memory> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'witness.json');
  let known: Record<string, Cosigned> = {};
  try {
    known = JSON.parse(readFileSync(path, 'utf8')) as typeof known;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return {
    last: (origin) => known[origin],
    keep: (origin, cosigned) => {
      const next = { ...known, [origin]: cosigned };
      writeFileSync(`${path}.new`, JSON.stringify(next), { mode: 0o600, flush: true });
      renameSync(`${path}.new`, path);
      known = next;
    },
  };
};
