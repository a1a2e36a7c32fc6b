import { createHash, createPrivateKey, createPublicKey, webcrypto } from 'node:crypto';
import { makeDevelopmentChain } from './development-chain.ts';
import { keepAuthorities } from './development-lists.ts';
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

/**
 * Opens the keys of `folder`, making them and a development certificate chain at first start. `now` dates the
 * chain; `university` is its organisation.
 */
export async function openFileKeys(
  folder: string,
  { now, university }: { now: Temporal.Instant; university: string },
): Promise<IssuanceKeys> {
  const documentPkcs8 = await keptBytes(folder, 'document.key', () => newPrivateKey('rsa'));
  const document = await holderOf(documentPkcs8, 'rsa');
  const seal = await holderOf(await keptBytes(folder, 'seal.key', () => newPrivateKey('ecdsa')), 'ecdsa');
  const chainBytes = await keptBytes(folder, 'document.chain.json', async () => {
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
