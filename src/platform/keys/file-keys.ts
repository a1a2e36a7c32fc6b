import { createHash, createPrivateKey, createPublicKey, webcrypto } from 'node:crypto';
import { makeDevelopmentChain } from './development-chain.ts';
import { keepAuthorities } from './development-lists.ts';
import type { Keeper } from './kept-bytes.ts';
import { keptBytes } from './kept-bytes.ts';
import type { IssuanceKeys, KeyAlgorithm, KeyHolder } from './key-holder.ts';
import { ALGORITHM_OF } from './key-holder.ts';

const GENERATED = {
  'RSASSA-PKCS1-v1_5': {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 3072,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  'ECDSA-P256': { name: 'ECDSA', namedCurve: 'P-256' },
  Ed25519: { name: 'Ed25519' },
} as const;
const SIGNED = { ...GENERATED, 'ECDSA-P256': { name: 'ECDSA', hash: 'SHA-256' } } as const;

/** A new private key, PKCS#8; RSA of 3072 bits. */
export const newPrivateKey = async (algorithm: KeyAlgorithm): Promise<Uint8Array> => {
  const pair = (await webcrypto.subtle.generateKey(GENERATED[algorithm], true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  return new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey));
};

/** First eight bytes of SHA-256 of an SPKI, in lower-case hexadecimal. */
export const keyIdOf = (spki: Uint8Array): string =>
  createHash('sha256').update(spki).digest('hex').slice(0, 16);

/** The key in the bytes of a file, PKCS#8. Throws when it is of another algorithm. */
export const openFileKey = async (pkcs8: Uint8Array, algorithm: KeyAlgorithm): Promise<KeyHolder> => {
  const key = await webcrypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), GENERATED[algorithm], false, [
    'sign',
  ]);
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const spki = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
  return {
    keyId: keyIdOf(spki),
    algorithm,
    publicKeySpki: spki,
    sign: async (bytes) =>
      new Uint8Array(await webcrypto.subtle.sign(SIGNED[algorithm], key, new Uint8Array(bytes))),
  };
};

/** How a chain is written: base64 of each certificate, signer first and root last. */
export const encodeChain = (chain: readonly Uint8Array[]): string[] =>
  chain.map((der) => Buffer.from(der).toString('base64'));
export const decodeChain = (texts: readonly string[]): Uint8Array[] =>
  texts.map((text) => new Uint8Array(Buffer.from(text, 'base64')));

/** What is needed to open or make the first keys: `now` dates a development chain, `university` is its organisation. */
export type FirstKeys = {
  readonly now: Temporal.Instant;
  readonly university: string;
  readonly keep?: Keeper;
};

/**
 * The certificates beside the first document key; where there are none, what becomes of them is the `keep`er's to say:
 * unless told otherwise they are a development chain.
 */
export const openFirstChain = async (
  folder: string,
  publicKeySpki: Uint8Array,
  { now, university, keep = keptBytes }: FirstKeys,
): Promise<Uint8Array[]> => {
  const bytes = await keep(folder, 'document.chain.json', async () => {
    const { chain, authorities } = await makeDevelopmentChain({ publicKeySpki, now, university });
    await keepAuthorities(folder, authorities);
    return new TextEncoder().encode(JSON.stringify(encodeChain(chain)));
  });
  return decodeChain(JSON.parse(new TextDecoder().decode(bytes)) as string[]);
};

/** The first keys of `folder`, as they are before any was ever changed; one that is not there is the `keep`er's to make. */
export async function openFileKeys(folder: string, first: FirstKeys): Promise<IssuanceKeys> {
  const { keep = keptBytes } = first;
  const open = async (purpose: 'document' | 'seal'): Promise<KeyHolder> => {
    const algorithm = ALGORITHM_OF[purpose];
    return openFileKey(await keep(folder, `${purpose}.key`, () => newPrivateKey(algorithm)), algorithm);
  };
  const document = await open('document');
  const seal = await open('seal');
  const chain = await openFirstChain(folder, document.publicKeySpki, first);
  return {
    document: { ...document, chain },
    seal,
    sealKeys: new Map([[seal.keyId, seal.publicKeySpki]]),
  };
}
