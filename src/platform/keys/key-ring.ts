import { join } from 'node:path';
import type { Database } from '../database/database.ts';
import type { FirstKeys } from './file-keys.ts';
import { newPrivateKey, openFileKey, openFirstChain } from './file-keys.ts';
import { existingBytes, keptBytes } from './kept-bytes.ts';
import type { IssuanceKeys, KeyAlgorithm, KeyHolder, KeyPurpose } from './key-holder.ts';
import { ALGORITHM_OF, KEY_PURPOSES } from './key-holder.ts';
import type { SigningKey } from './signing-key-store.ts';
import { insertSigningKey, listSigningKeys } from './signing-key-store.ts';

/**
 * The keys of the service as the register has them at the moment of asking: a change is in force in every process at once.
 * `over` is the handle that others' reads go over.
 */
export type KeyRing = {
  readonly list: () => Promise<SigningKey[]>;
  readonly issuance: () => Promise<IssuanceKeys>;
  /** Those that sign checkpoints, the newest last: while a change goes on, two. */
  readonly log: (over?: Database) => Promise<readonly KeyHolder[]>;
};

/** Opens the private half of a key where the register says it is. Throws when another key is there. */
export type OpenKey = (place: string, algorithm: KeyAlgorithm) => Promise<KeyHolder>;

/** Keys in files of `folder`, and those of a token where there is one. */
export const openKeyIn =
  (folder: string, openTokenKey: OpenKey | null = null): OpenKey =>
  async (place, algorithm) => {
    if (!place.startsWith('pkcs11:')) return openFileKey(await existingBytes(folder, place), algorithm);
    if (openTokenKey === null) throw new Error(`${place}: AKASHI_PKCS11_LIBRARY is not set`);
    return openTokenKey(place, algorithm);
  };

export const isSigning = ({ signsFrom, signsUntil }: SigningKey): boolean =>
  signsFrom !== null && signsUntil === null;

export type KeyRingOptions = {
  readonly db: Database;
  readonly folder: string;
  readonly open: OpenKey;
  readonly first: FirstKeys;
};

/** Before any key was changed the register is empty: the files `document.key`, `seal.key`, `log.key` are the first. */
const enterFirst = async ({ db, folder, first }: KeyRingOptions, purpose: KeyPurpose): Promise<void> => {
  const algorithm = ALGORITHM_OF[purpose];
  const place = `${purpose}.key`;
  const bytes = await (first.keep ?? keptBytes)(folder, place, () => newPrivateKey(algorithm));
  const { keyId, publicKeySpki } = await openFileKey(bytes, algorithm);
  const chain = purpose === 'document' ? await openFirstChain(folder, publicKeySpki, first) : null;
  const { now } = first;
  await insertSigningKey(db, {
    keyId,
    purpose,
    place,
    publicKeySpki,
    chain,
    publishedAt: now,
    signsFrom: now,
  });
};

/** Opens the register, and enters the first keys where it is empty. Throws naming what is missing. */
export const openKeyRing = async (options: KeyRingOptions): Promise<KeyRing> => {
  const { db, open } = options;
  const known = await listSigningKeys(db);
  for (const purpose of KEY_PURPOSES)
    if (!known.some((key) => key.purpose === purpose)) await enterFirst(options, purpose);

  const opened = new Map<string, Promise<KeyHolder>>();
  const holderOf = ({ keyId, purpose, place }: SigningKey): Promise<KeyHolder> => {
    const found = opened.get(keyId);
    if (found !== undefined) return found;
    const opening = open(place, ALGORITHM_OF[purpose]).then((holder) => {
      if (holder.keyId !== keyId) throw new Error(`${place} is not the ${purpose} key ${keyId}`);
      return holder;
    });
    // One that failed is tried again: a token may have been out of reach.
    opening.catch(() => opened.delete(keyId));
    opened.set(keyId, opening);
    return opening;
  };
  const signing = (keys: readonly SigningKey[], purpose: KeyPurpose): SigningKey => {
    const found = keys.find((key) => key.purpose === purpose && isSigning(key));
    if (found === undefined) throw new Error(`no ${purpose} key signs: akashi keys rotate ${purpose} switch`);
    return found;
  };
  const ring: KeyRing = {
    list: () => listSigningKeys(db),
    issuance: async () => {
      const keys = await listSigningKeys(db);
      const document = signing(keys, 'document');
      const seals = keys.filter(({ purpose }) => purpose === 'seal');
      return {
        document: { ...(await holderOf(document)), chain: document.chain ?? [] },
        seal: await holderOf(signing(keys, 'seal')),
        sealKeys: new Map(seals.map(({ keyId, publicKeySpki }) => [keyId, publicKeySpki])),
      };
    },
    log: async (over = db) => {
      const keys = (await listSigningKeys(over)).filter(({ purpose }) => purpose === 'log');
      const both = keys.filter(({ signsFrom, retiredAt }) => signsFrom !== null && retiredAt === null);
      return Promise.all(both.map(holderOf));
    },
  };
  await ring.issuance();
  await ring.log();
  return ring;
};

/** The path of a key that is a file; null for one of a token. */
export const fileOf = (folder: string, place: string): string | null =>
  place.startsWith('pkcs11:') ? null : join(folder, place);
