import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A new AES-256 key, for one document only. */
export function newEnvelopeKey(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}

/** AES-256-GCM: nonce (12 bytes), tag (16 bytes), ciphertext. */
export function encryptBytes(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]));
}

/** Inverse of `encryptBytes`; throws when a bit was changed or the key is another's. */
export function decryptBytes(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(12, 28));
  return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]));
}
