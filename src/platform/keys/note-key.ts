import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { keptBytes } from './kept-bytes.ts';

/** An Ed25519 key that signs notes. */
export type NoteKey = {
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
};

const newKey = (): Uint8Array =>
  new Uint8Array(generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }));

/** The key in `folder`/`name`, made at first use. */
export const openNoteKey = async (folder: string, name: string): Promise<NoteKey> => {
  const pkcs8 = await keptBytes(folder, name, newKey);
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: new Uint8Array(spki.subarray(-32)),
    sign: async (bytes) => new Uint8Array(sign(null, bytes, key)),
  };
};
