import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { Keeper } from './kept-bytes.ts';
import { keptBytes } from './kept-bytes.ts';

/** An Ed25519 key that signs notes. */
export type NoteKey = {
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
};

/** A new Ed25519 key, PKCS#8. */
export const newNoteKey = (): Uint8Array =>
  new Uint8Array(generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }));

/** The key in `folder`/`name`, made at first use unless `keep` says otherwise. */
export const openNoteKey = async (
  folder: string,
  name: string,
  keep: Keeper = keptBytes,
): Promise<NoteKey> => {
  const pkcs8 = await keep(folder, name, newNoteKey);
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: new Uint8Array(spki.subarray(-32)),
    sign: async (bytes) => new Uint8Array(sign(null, bytes, key)),
  };
};
