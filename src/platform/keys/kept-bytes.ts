import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `length` random bytes under `folder`/`name`, made at the first call and the same ever after; mode 0600. */
export const keptBytes = async (folder: string, name: string, length: number): Promise<Uint8Array> => {
  const file = join(folder, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // `wx`: of two processes that start at once, one writes and both read its bytes.
  await writeFile(file, randomBytes(length), { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  return readFile(file);
};
