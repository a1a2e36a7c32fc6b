import { webcrypto } from 'node:crypto';
import type { SealClaims } from '#domain/seal/claim-fields.ts';
import { claimsOf } from '#domain/seal/claims.ts';
import { describeRows } from '#domain/seal/describe-claims.ts';
import { encodeSealUrl, signSeal } from '#domain/seal/seal.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';

export type Vectors = {
  readonly host: string;
  /** Key id → SubjectPublicKeyInfo in base64. */
  readonly keys: Readonly<Record<string, string>>;
  readonly status: readonly unknown[];
  readonly cases: readonly {
    readonly name: string;
    readonly text: string;
    readonly verdict: string;
    readonly claims: unknown;
  }[];
};

const HOST = 'verify.akatsuki.example';

/** Claims as a stranger would write them down: without what is left out, rows as pairs, bytes in hexadecimal. */
export const plainClaims = (claims: SealClaims): Record<string, unknown> => {
  const { rows, grades: _grades, halves: _halves, salt, ...rest } = claims;
  const present = Object.entries(rest).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(present),
    ...(rows === null ? {} : { rows: describeRows(claims).map(({ grade, credits }) => [grade, credits]) }),
    ...(salt === null ? {} : { salt: Buffer.from(salt).toString('hex') }),
  };
};

const newKey = async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const spki = new Uint8Array(await webcrypto.subtle.exportKey('spki', pair.publicKey));
  const keyId = Buffer.from(await webcrypto.subtle.digest('SHA-256', spki))
    .toString('hex')
    .slice(0, 16);
  const sign = async (bytes: Uint8Array) =>
    new Uint8Array(
      await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new Uint8Array(bytes)),
    );
  return { keyId, sign, spki: Buffer.from(spki).toString('base64') };
};

const flipped = (seal: Uint8Array, at: number): Uint8Array =>
  seal.map((byte, index) => (index === (at + seal.length) % seal.length ? byte ^ 1 : byte));

/** Makes all cases anew, with a new key. */
export const makeVectors = async (): Promise<Vectors> => {
  const [key, stranger] = [await newKey(), await newKey()];
  const place = { page: 1, pages: 1, firstRow: 1, rowCount: 0 };
  const log = { index: 4711, salt: new Uint8Array(16).fill(0xa5) };
  const enrolment = claimsOf(sampleRecord('enrolment', 'ja', 1), place);
  const english = claimsOf(sampleRecord('enrolment', 'en', 2), place, log);
  const transcript = claimsOf(sampleRecord('transcript', 'ja', 3), { ...place, rowCount: 40 });
  const ownLists = {
    ...transcript,
    rows: new Uint8Array([0x00, 0x11]),
    grades: ['特優', '良上'],
    halves: [0, 60],
  };
  const voided = { ...enrolment, serial: 'VOID-0000-0001' };
  const replaced = { ...enrolment, serial: 'SUPE-RSED-0001', impression: 2 };
  const good = await signSeal(enrolment, key);
  const at = async (claims: SealClaims, signer = key) => encodeSealUrl(HOST, await signSeal(claims, signer));
  const url = encodeSealUrl(HOST, good);
  const fits = async (name: string, claims: SealClaims, verdict: string) => ({
    name,
    text: await at(claims),
    verdict,
    claims: plainClaims(claims),
  });
  const none = (name: string, text: string, verdict: string) => ({ name, text, verdict, claims: null });
  const since = '2026-11-25T03:03:00Z';
  return {
    host: HOST,
    keys: { [key.keyId]: key.spki },
    status: [
      { serial: voided.serial, impression: 1, state: 'void', reason: 'reprinted', since },
      { serial: replaced.serial, impression: 2, state: 'superseded', reason: 'corrected', since },
    ],
    cases: [
      await fits('enrolment in Japanese', enrolment, 'valid'),
      await fits('enrolment in English, logged', english, 'valid'),
      await fits('transcript of 40 rows', transcript, 'valid'),
      await fits('rows with lists of their own', ownLists, 'valid'),
      await fits('born before 1970', { ...enrolment, birthDate: '1948-02-29' }, 'valid'),
      await fits('void', voided, 'void'),
      await fits('superseded', replaced, 'superseded'),
      none('a bit of the signature', encodeSealUrl(HOST, flipped(good, -1)), 'altered'),
      none('a letter of the name', encodeSealUrl(HOST, flipped(good, 70)), 'altered'),
      none('unknown key', await at(enrolment, stranger), 'cannot-tell'),
      none('another host', url.replace(HOST, 'verify-akatsuki.example'), 'cannot-tell'),
      none('digits cut short', url.slice(0, -5), 'cannot-tell'),
      none('one zero more in front', url.replace('#1', '#10'), 'cannot-tell'),
      none('not led by 1', url.replace('#1', '#2'), 'cannot-tell'),
      none('a byte left over', encodeSealUrl(HOST, new Uint8Array([...good, 0])), 'cannot-tell'),
    ],
  };
};
