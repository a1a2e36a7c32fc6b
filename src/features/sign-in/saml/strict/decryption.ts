import type { KeyObject } from 'node:crypto';
import { constants, createDecipheriv, privateDecrypt } from 'node:crypto';
import { attributeOf, childrenOf, elementsOf, NAMESPACE, onlyChild } from './elements.ts';
import { gateBytes, MESSAGE_LIMITS } from './gate.ts';
import { refuse } from './refusal.ts';

const { encryption, signature } = NAMESPACE;
const ENCRYPTION_11 = 'http://www.w3.org/2009/xmlenc11#';

/** GCM only: CBC without a checked signature around the ciphertext is a decryption oracle. Value: key length. */
const CONTENT: Record<string, { cipher: 'aes-128-gcm' | 'aes-256-gcm'; keyBytes: number }> = {
  [`${ENCRYPTION_11}aes128-gcm`]: { cipher: 'aes-128-gcm', keyBytes: 16 },
  [`${ENCRYPTION_11}aes256-gcm`]: { cipher: 'aes-256-gcm', keyBytes: 32 },
};
const NONCE_BYTES = 12; // XML Encryption 1.1 §5.2.4: 96-bit IV, ciphertext, 128-bit tag
const TAG_BYTES = 16;

/** The assertion inside an EncryptedAssertion as gated text; tries each key, the current one first. */
export const decryptAssertion = (encrypted: Element, keys: readonly KeyObject[]): string => {
  const parts = readParts(encrypted);
  for (const key of keys) {
    const plaintext = decryptWith(key, parts);
    if (plaintext !== null) return gateBytes(plaintext, MESSAGE_LIMITS);
  }
  return refuse('decryption');
};

type Parts = {
  readonly content: { cipher: 'aes-128-gcm' | 'aes-256-gcm'; keyBytes: number };
  readonly oaepHash: 'sha1' | 'sha256';
  readonly wrappedKey: Buffer;
  readonly ciphertext: Buffer;
};

/** EncryptedAssertion → EncryptedData → KeyInfo → one EncryptedKey; references to elsewhere are not followed. */
const readParts = (encrypted: Element): Parts => {
  if (elementsOf(encrypted).length !== 1) refuse('encryption-shape');
  const data = onlyChild(encrypted, encryption, 'EncryptedData', 'encryption-shape');
  const method = onlyChild(data, encryption, 'EncryptionMethod', 'encryption-shape');
  const info = onlyChild(data, signature, 'KeyInfo', 'encryption-shape');
  const key = onlyChild(info, encryption, 'EncryptedKey', 'encryption-shape');
  const content = CONTENT[attributeOf(method, 'Algorithm') ?? ''] ?? refuse('encryption-algorithm');
  const keyMethod = onlyChild(key, encryption, 'EncryptionMethod', 'encryption-shape');
  return {
    content,
    oaepHash: oaepHashOf(keyMethod),
    wrappedKey: cipherValue(key),
    ciphertext: cipherValue(data),
  };
};

/**
 * RSA-OAEP only. `rsa-oaep-mgf1p` fixes the mask to SHA-1 and Node uses one hash for both, so its digest must be
 * SHA-1 too, which is OpenSAML's default; the 1.1 name is taken with SHA-256 for both.
 */
const oaepHashOf = (method: Element): 'sha1' | 'sha256' => {
  const named = (namespace: string, name: string, fallback: string): string => {
    const child = childrenOf(method, namespace, name)[0];
    return child === undefined ? fallback : (attributeOf(child, 'Algorithm') ?? '');
  };
  if (childrenOf(method, encryption, 'OAEPparams').length > 0) refuse('encryption-algorithm');
  const digest = named(signature, 'DigestMethod', `${signature}sha1`);
  const mask = named(ENCRYPTION_11, 'MGF', `${ENCRYPTION_11}mgf1sha1`);
  const sha1 = digest === `${signature}sha1` && mask === `${ENCRYPTION_11}mgf1sha1`;
  const sha256 = digest === `${encryption}sha256` && mask === `${ENCRYPTION_11}mgf1sha256`;
  const algorithm = attributeOf(method, 'Algorithm');
  if (algorithm === `${encryption}rsa-oaep-mgf1p` && sha1) return 'sha1';
  if (algorithm === `${ENCRYPTION_11}rsa-oaep` && sha1) return 'sha1';
  if (algorithm === `${ENCRYPTION_11}rsa-oaep` && sha256) return 'sha256';
  return refuse('encryption-algorithm');
};

const cipherValue = (parent: Element): Buffer => {
  const data = onlyChild(parent, encryption, 'CipherData', 'encryption-shape');
  const value = onlyChild(data, encryption, 'CipherValue', 'encryption-shape');
  return Buffer.from(value.textContent ?? '', 'base64');
};

/** Null for every failure, so that nobody learns which step failed. */
const decryptWith = (privateKey: KeyObject, parts: Parts): Buffer | null => {
  const { content, ciphertext } = parts;
  try {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const key = privateDecrypt({ key: privateKey, padding, oaepHash: parts.oaepHash }, parts.wrappedKey);
    if (key.length !== content.keyBytes || ciphertext.length < NONCE_BYTES + TAG_BYTES) return null;
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv(content.cipher, key, ciphertext.subarray(0, NONCE_BYTES), options);
    decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(ciphertext.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
};
