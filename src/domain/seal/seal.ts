import { fromHex, ownBytes, sha256, toHex } from '../bytes.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import type { SealClaims } from './claim-fields.ts';
import { decodeClaims, encodeClaims } from './claims.ts';

function toBeSigned(protectedHeader: Uint8Array, payload: Uint8Array): Uint8Array {
  return encodeCbor(['Signature1', protectedHeader, new Uint8Array(), payload]);
}

/** COSE_Sign1 (RFC 9052 § 4.2, untagged) with ES256; the key id is in the protected header. */
export async function signSeal(
  claims: SealClaims,
  key: { keyId: string; sign: (bytes: Uint8Array) => Promise<Uint8Array> },
): Promise<Uint8Array> {
  const header = encodeCbor(
    new Map<number, number | Uint8Array>([
      [1, -7],
      [4, fromHex(key.keyId)],
    ]),
  );
  const payload = encodeClaims(claims);
  return encodeCbor([header, new Map(), payload, await key.sign(toBeSigned(header, payload))]);
}

export type OpenedSeal = { keyId: string; claims: SealClaims; signed: Uint8Array; signature: Uint8Array };

/** Reads a seal without checking its signature; throws RangeError on any other form than `signSeal` makes. */
export function openSeal(bytes: Uint8Array): OpenedSeal {
  const value = decodeCbor(bytes);
  if (!Array.isArray(value) || value.length !== 4) throw new RangeError('not a COSE_Sign1');
  const [header, unprotected, payload, signature] = value;
  if (!(header instanceof Uint8Array) || !(payload instanceof Uint8Array))
    throw new RangeError('seal malformed');
  if (!(signature instanceof Uint8Array) || signature.length !== 64)
    throw new RangeError('signature malformed');
  if (!(unprotected instanceof Map) || unprotected.size > 0)
    throw new RangeError('unprotected header not empty');
  const fields = decodeCbor(header);
  if (!(fields instanceof Map) || fields.size !== 2 || fields.get(1) !== -7)
    throw new RangeError('header malformed');
  const keyId = fields.get(4);
  if (!(keyId instanceof Uint8Array) || keyId.length !== 8) throw new RangeError('key id malformed');
  return {
    keyId: toHex(keyId),
    claims: decodeClaims(payload),
    signed: toBeSigned(header, payload),
    signature,
  };
}

/** Keys ready to check with: making one so takes longer than checking a signature with it. */
const ready = new WeakMap<Uint8Array, Promise<CryptoKey>>();

const readyKey = (spki: Uint8Array): Promise<CryptoKey> => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const key =
    ready.get(spki) ?? crypto.subtle.importKey('spki', ownBytes(spki), algorithm, false, ['verify']);
  ready.set(spki, key);
  return key;
};

/** Whether the signature of an opened seal holds under `spki` (DER, P-256). */
export async function sealHolds(seal: OpenedSeal, spki: Uint8Array): Promise<boolean> {
  return crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    await readyKey(spki),
    ownBytes(seal.signature),
    ownBytes(seal.signed),
  );
}

/** The page a seal opens: https everywhere but on this machine, where a demonstration has no certificate. */
export function verificationAddress(host: string): string {
  const scheme = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host) ? 'http' : 'https';
  return `${scheme}://${host}/verify`;
}

/** The page, `#`, and the bytes as one decimal number, led by the digit 1 so that leading zeros survive. */
export function encodeSealUrl(host: string, bytes: Uint8Array): string {
  return `${verificationAddress(host)}#${encodeDigits(bytes)}`;
}

/** Leading 1, then the number in decimal, zero-padded to the width that `bytes.length` determines. */
export function encodeDigits(bytes: Uint8Array): string {
  return `1${BigInt(`0x${toHex(bytes)}`)
    .toString()
    .padStart(digitsFor(bytes.length), '0')}`;
}

const digitsFor = (length: number) => Math.ceil(length * 8 * Math.log10(2));

/** Inverse of `encodeDigits`; throws RangeError on any other form. */
export function decodeDigits(text: string): Uint8Array {
  if (!/^1[0-9]{2,1600}$/.test(text)) throw new RangeError('not the digits of a seal');
  const length = Math.floor((text.length - 1) / (8 * Math.log10(2)));
  const number = BigInt(text.slice(1))
    .toString(16)
    .padStart(length * 2, '0');
  if (number.length !== length * 2) throw new RangeError('digits beyond their width');
  const bytes = fromHex(number);
  if (encodeDigits(bytes) !== text) throw new RangeError('digits not canonical');
  return bytes;
}

/** Host and bytes of a seal's URL; throws RangeError. */
export function decodeSealUrl(url: string): { host: string; bytes: Uint8Array } {
  const match = /^https?:\/\/([a-z0-9.:-]+)\/verify#([0-9]+)$/.exec(url);
  if (!match?.[1] || !match[2] || !url.startsWith(verificationAddress(match[1])))
    throw new RangeError('not the address of a seal');
  return { host: match[1], bytes: decodeDigits(match[2]) };
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** First 60 bits of SHA-256 of the seal in Crockford base 32, `XXXX-XXXX-XXXX`. */
export async function checkCodeOf(seal: Uint8Array): Promise<string> {
  const digest = await sha256(seal);
  const bits = BigInt(`0x${toHex(digest.subarray(0, 8))}`) >> 4n;
  const letters = Array.from(
    { length: 12 },
    (_, index) => CROCKFORD[Number((bits >> BigInt(55 - index * 5)) & 31n)],
  );
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}
