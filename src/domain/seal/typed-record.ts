import { fromBase64, ownBytes, toBase64 } from '../bytes.ts';

const ITERATIONS = 30_000;

/** One seal, readable only with the serial and the check code that its sheet shows. Both in base64. */
export type TypedRecord = { readonly id: string; readonly sealed: string };

/** An id and an AES-128 key: one block of PBKDF2. Whoever tries codes needs no more, so that a longer key costs us alone. */
const BYTES = 32;
/** Records published before had a key of AES-256, and cost us twice as much. */
const BYTES_BEFORE = 48;
const ID_BYTES = 16;

/**
 * What the two codes open: a record's id and its AES key. The check code has 60 random bits, and every try at it costs
 * 30,000 rounds (about 5 ms), so that a whole published bucket gives nothing away.
 */
const unlock = async (
  serial: string,
  checkCode: string,
  bytes = BYTES,
): Promise<{ id: string; key: CryptoKey }> => {
  const encoder = new TextEncoder();
  const password = await crypto.subtle.importKey('raw', encoder.encode(checkCode), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const salt = encoder.encode(`akashi typed record 1 ${serial}`);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ITERATIONS };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(derivation, password, bytes * 8));
  const raw = bits.slice(ID_BYTES);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { id: toBase64(bits.subarray(0, ID_BYTES)), key };
};

/** A key opens one record only, so its one nonce may be fixed. */
const NONCE = { name: 'AES-GCM', iv: new Uint8Array(12) };

/** Locks a seal away under the codes printed beside it, both with their dashes. */
export const lockRecord = async (
  serial: string,
  checkCode: string,
  seal: Uint8Array,
): Promise<TypedRecord> => {
  const { id, key } = await unlock(serial, checkCode);
  return { id, sealed: toBase64(new Uint8Array(await crypto.subtle.encrypt(NONCE, key, ownBytes(seal)))) };
};

/** The seal among `records` that the codes open; null when there is none. */
export const openRecord = async (
  serial: string,
  checkCode: string,
  records: readonly TypedRecord[],
): Promise<Uint8Array | null> => {
  const { id, key } = await unlock(serial, checkCode);
  const record = records.find((one) => one.id === id);
  if (record === undefined) return null;
  const sealed = ownBytes(fromBase64(record.sealed));
  const open = async (by: CryptoKey) => new Uint8Array(await crypto.subtle.decrypt(NONCE, by, sealed));
  return open(key).catch(async () => open((await unlock(serial, checkCode, BYTES_BEFORE)).key));
};

/** What people type for what is printed: any case, any dashes, full-width letters, O for 0, I and L for 1; null beyond 40 letters. */
export const canonicalCode = (typed: string): string | null => {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return code.length > 40 ? null : (code.match(/.{1,4}/g) ?? []).join('-');
};
