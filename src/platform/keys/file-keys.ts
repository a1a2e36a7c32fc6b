import { createHash, createPrivateKey, createPublicKey, webcrypto } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDevelopmentChain } from './development-chain.ts';
import type { IssuanceKeys, KeyHolder } from './key-holder.ts';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 3072,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' };

async function readOrNull(path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The bytes of `name` in `folder`, made by `create` at first use and written with mode 0600. An existing file is
 * never overwritten: when two processes race, the first one's bytes are answered to both.
 */
export async function loadOrCreate(
  folder: string,
  name: string,
  create: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const path = join(folder, name);
  const present = await readOrNull(path);
  if (present) return present;
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
}

async function newPrivateKey(kind: 'rsa' | 'ecdsa'): Promise<Uint8Array> {
  const pair =
    kind === 'rsa'
      ? await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
      : await webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']);
  return new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey));
}

async function holderOf(pkcs8: Uint8Array, kind: 'rsa' | 'ecdsa'): Promise<KeyHolder> {
  const parameters = kind === 'rsa' ? RSA : ECDSA;
  const key = await webcrypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), parameters, false, ['sign']);
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const spki = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
  return {
    keyId: createHash('sha256').update(spki).digest('hex').slice(0, 16),
    algorithm: kind === 'rsa' ? 'RSASSA-PKCS1-v1_5' : 'ECDSA-P256',
    publicKeySpki: spki,
    sign: async (bytes) =>
      new Uint8Array(
        await webcrypto.subtle.sign(
          kind === 'rsa' ? RSA : { name: 'ECDSA', hash: 'SHA-256' },
          key,
          new Uint8Array(bytes),
        ),
      ),
  };
}

/**
 * Opens the keys of `folder`, making them and a development certificate chain at first start. `now` dates the
 * chain; `university` is its organisation.
 */
export async function openFileKeys(
  folder: string,
  { now, university }: { now: Temporal.Instant; university: string },
): Promise<IssuanceKeys> {
  const documentPkcs8 = await loadOrCreate(folder, 'document.key', () => newPrivateKey('rsa'));
  const document = await holderOf(documentPkcs8, 'rsa');
  const seal = await holderOf(await loadOrCreate(folder, 'seal.key', () => newPrivateKey('ecdsa')), 'ecdsa');
  const chainBytes = await loadOrCreate(folder, 'document.chain.json', async () => {
    const chain = await makeDevelopmentChain({ publicKeySpki: document.publicKeySpki, now, university });
    return new TextEncoder().encode(JSON.stringify(chain.map((der) => Buffer.from(der).toString('base64'))));
  });
  const chain = (JSON.parse(new TextDecoder().decode(chainBytes)) as string[]).map(
    (text) => new Uint8Array(Buffer.from(text, 'base64')),
  );
  return { document: { ...document, chain }, seal };
}
