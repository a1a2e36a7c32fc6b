// A process of its own for a token's library: it blocks, and where it fails it may take its process with it. One that
// answered an error once is not trusted to be in order again: this process ends, and the next signature starts another.
import { createHash, createPublicKey } from 'node:crypto';
import type { KeyAlgorithm } from '../key-holder.ts';
import type { TokenSession } from './cryptoki.ts';
import { ATTRIBUTE, MECHANISM, OBJECT_CLASS, openCryptoki, ulong } from './cryptoki.ts';
import type { TokenAnswer, TokenQuestion } from './token.ts';
import { parseTokenUri } from './token-uri.ts';

type OpenedKey = { readonly session: TokenSession; readonly handle: bigint; readonly spki: Uint8Array };

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** CKA_EC_POINT is an OCTET STRING around the point; some tokens leave the wrapping out. */
const pointOf = (value: Uint8Array, length: number): Uint8Array => {
  if (value.length < length) throw new Error('a point of another curve');
  return value.slice(-length);
};

const jwkOf = (algorithm: KeyAlgorithm, read: (type: bigint) => Uint8Array): Record<string, string> => {
  if (algorithm === 'RSASSA-PKCS1-v1_5')
    return {
      kty: 'RSA',
      n: base64url(read(ATTRIBUTE.modulus)),
      e: base64url(read(ATTRIBUTE.publicExponent)),
    };
  if (algorithm === 'Ed25519')
    return { kty: 'OKP', crv: 'Ed25519', x: base64url(pointOf(read(ATTRIBUTE.ecPoint), 32)) };
  const point = pointOf(read(ATTRIBUTE.ecPoint), 64);
  return { kty: 'EC', crv: 'P-256', x: base64url(point.subarray(0, 32)), y: base64url(point.subarray(32)) };
};

const openKey = (
  openSession: (label: string) => TokenSession,
  uri: string,
  algorithm: KeyAlgorithm,
): OpenedKey => {
  const { token, object, id } = parseTokenUri(uri);
  const session = openSession(token);
  const handleOf = (kind: keyof typeof OBJECT_CLASS): bigint => {
    const found = session.find([
      { type: ATTRIBUTE.class, value: ulong(OBJECT_CLASS[kind]) },
      ...(object === null ? [] : [{ type: ATTRIBUTE.label, value: Buffer.from(object, 'utf8') }]),
      ...(id === null ? [] : [{ type: ATTRIBUTE.id, value: id }]),
    ]);
    const [only] = found;
    if (only === undefined || found.length > 1)
      throw new Error(`${uri}: ${found.length === 0 ? 'no' : 'more than one'} ${kind} key`);
    return only;
  };
  const shown = handleOf('public');
  const jwk = jwkOf(algorithm, (type) => {
    const value = session.read(shown, type);
    if (value === null || value.length === 0) throw new Error(`${uri} is not a key for ${algorithm}`);
    return value;
  });
  const spki = createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' });
  return { session, handle: handleOf('private'), spki: new Uint8Array(spki) };
};

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const sign = ({ session, handle }: OpenedKey, algorithm: KeyAlgorithm, bytes: Uint8Array): Uint8Array => {
  if (algorithm === 'RSASSA-PKCS1-v1_5') return session.sign(handle, MECHANISM.rsaSha256, bytes);
  if (algorithm === 'Ed25519') return session.sign(handle, MECHANISM.eddsa, bytes);
  return session.sign(handle, MECHANISM.ecdsa, sha256(bytes));
};

let open: ((label: string) => TokenSession) | undefined;
const keys = new Map<string, OpenedKey>();

const answer = ({ library, pin, uri, algorithm, bytes }: TokenQuestion): TokenAnswer => {
  if (open === undefined) {
    const openSession = openCryptoki(library);
    const sessions = new Map<string, TokenSession>();
    open = (label) => {
      const session = sessions.get(label) ?? openSession(label, pin);
      sessions.set(label, session);
      return session;
    };
  }
  const name = `${algorithm} ${uri}`;
  const key = keys.get(name) ?? openKey(open, uri, algorithm);
  keys.set(name, key);
  return { ok: true, spki: key.spki, signature: bytes === null ? null : sign(key, algorithm, bytes) };
};

process.on('message', (question: TokenQuestion) => {
  try {
    process.send?.(answer(question));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.send?.({ ok: false, reason } satisfies TokenAnswer, () => process.exit(1));
  }
});
process.on('disconnect', () => process.exit(0));
