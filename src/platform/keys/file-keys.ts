import { createHash, createPrivateKey, createPublicKey, webcrypto } from 'node:crypto';
import { makeDevelopmentChain } from './development-chain.ts';
import { keepAuthorities } from './development-lists.ts';
import type { Keeper } from './kept-bytes.ts';
import { keptBytes } from './kept-bytes.ts';
import type { IssuanceKeys, KeyHolder } from './key-holder.ts';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 3072,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' };

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

/** A new document key, PKCS#8. */
export const newDocumentKey = (): Promise<Uint8Array> => newPrivateKey('rsa');
/** A new seal key, PKCS#8. */
export const newSealKey = (): Promise<Uint8Array> => newPrivateKey('ecdsa');

/**
 * Opens the keys of `folder`; what becomes of one that is not there is the `keep`er's to say: unless told otherwise it is
 * made, with a development certificate chain. `now` dates the chain; `university` is its organisation.
 */
export async function openFileKeys(
  folder: string,
  { now, university, keep = keptBytes }: { now: Temporal.Instant; university: string; keep?: Keeper },
): Promise<IssuanceKeys> {
  const documentPkcs8 = await keep(folder, 'document.key', newDocumentKey);
  const document = await holderOf(documentPkcs8, 'rsa');
  const seal = await holderOf(await keep(folder, 'seal.key', newSealKey), 'ecdsa');
  const chainBytes = await keep(folder, 'document.chain.json', async () => {
    const { publicKeySpki } = document;
    const { chain, authorities } = await makeDevelopmentChain({ publicKeySpki, now, university });
    await keepAuthorities(folder, authorities);
    return new TextEncoder().encode(JSON.stringify(chain.map((der) => Buffer.from(der).toString('base64'))));
  });
  const chain = (JSON.parse(new TextDecoder().decode(chainBytes)) as string[]).map(
    (text) => new Uint8Array(Buffer.from(text, 'base64')),
  );
  return { document: { ...document, chain }, seal };
}
