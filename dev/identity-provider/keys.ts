import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeyAndCertificate } from '#platform/crypto/self-signed.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';

const schema = z.object({ privateKeyPem: z.string(), certificatePem: z.string() });

/** The provider's signing key, made at the first start; one file, so that key and certificate cannot part. */
export const loadOrCreateKeys = async (folder: string): Promise<KeyAndCertificate> => {
  const path = join(folder, 'identity-provider-key.json');
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = createSelfSigned('Development identity provider', Temporal.Now.instant());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, JSON.stringify(made), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return made;
};
