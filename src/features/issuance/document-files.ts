import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Encrypted documents as files under one folder. A shared folder or another store can stand behind the same three. */
export type DocumentFiles = {
  write: (id: string, bytes: Uint8Array) => Promise<void>;
  read: (id: string) => Promise<Uint8Array>;
  remove: (id: string) => Promise<void>;
};

/** Files named by id, written beside their place, flushed to disk, then renamed: a reader never sees half of one. */
export const openDocumentFiles = async (folder: string): Promise<DocumentFiles> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = (id: string): string => join(folder, `${id}.document`);
  return {
    write: async (id, bytes) => {
      const beside = `${path(id)}.${randomUUID()}.new`;
      const file = await open(beside, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, path(id));
    },
    read: (id) => readFile(path(id)),
    remove: (id) => rm(path(id), { force: true }),
  };
};
