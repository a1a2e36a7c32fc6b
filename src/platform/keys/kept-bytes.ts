import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file's bytes, or null when there is none; every other failure is thrown. */
export const readOrNull = async (path: string): Promise<Uint8Array | null> => {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

/** Answers the bytes of `folder`/`name`, and says what becomes of a file that is not there. */
export type Keeper = (
  folder: string,
  name: string,
  create: () => Uint8Array | Promise<Uint8Array>,
) => Promise<Uint8Array>;

/**
 * The bytes of a file that must be there: where real certificates are signed, a key that vanished must stop the service,
 * for a new one made in its place would go unnoticed until nobody trusts it. Throws naming the file.
 */
export const existingBytes = async (folder: string, name: string): Promise<Uint8Array> => {
  const present = await readOrNull(join(folder, name));
  if (present === null)
    throw new Error(`${join(folder, name)} is missing. Production makes no key by itself: see docs/keys.md.`);
  return present;
};

/**
 * The bytes of `folder`/`name`, made by `create` at the first call and written with mode 0600. An existing file is never
 * overwritten: of two processes that race, the second answers the first one's bytes.
 */
export const keptBytes: Keeper = async (folder, name, create) => {
  const path = join(folder, name);
  const present = await readOrNull(path);
  if (present !== null) return present;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const bytes = await create();
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(bytes);
    await file.sync();
    await file.close();
    return bytes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return new Uint8Array(await readFile(path));
  }
};
