import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SealClaims } from './claims.ts';
import {
  checkCodeOf,
  decodeDigits,
  decodeSealUrl,
  encodeDigits,
  encodeSealUrl,
  openSeal,
  sealHolds,
  signSeal,
} from './seal.ts';

const claims: SealClaims = {
  issuer: '明石大学',
  serial: 'AK7Q-2M4X-9T3B',
  impression: 1,
  type: 'enrolment',
  language: 'ja',
  nameJa: '山田 花子',
  nameRoman: 'YAMADA Hanako',
  birthDate: '2004-05-06',
  programme: '工学部 情報',
  admissionDate: '2023-04-01',
  expectedGraduationDate: null,
  yearOfStudy: 4,
  leaveFrom: null,
  leaveUntil: null,
  certificateNumber: '2026-000123',
  issueDate: '2026-11-24',
  issuedAt: 1795000000,
  page: 1,
  pages: 1,
  firstRow: 0,
  rows: new Uint8Array(),
};

test('digits round trip for any bytes, and only canonically', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 640 }), (bytes) => {
      assert.deepEqual(decodeDigits(encodeDigits(bytes)), bytes);
      assert.throws(() => decodeDigits(`2${encodeDigits(bytes).slice(1)}`));
    }),
  );
});

test('a seal opens, holds, and no single bit of it can be changed', async () => {
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const spki = new Uint8Array(await webcrypto.subtle.exportKey('spki', pair.publicKey));
  const sign = async (bytes: Uint8Array) =>
    new Uint8Array(
      await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new Uint8Array(bytes)),
    );
  const seal = await signSeal(claims, { keyId: '0011223344556677', sign });
  assert.deepEqual(openSeal(seal).claims, claims);
  assert.equal(await sealHolds(openSeal(seal), spki), true);
  assert.deepEqual(decodeSealUrl(encodeSealUrl('verify.example', seal)), {
    host: 'verify.example',
    bytes: seal,
  });
  assert.match(await checkCodeOf(seal), /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  for (let bit = 0; bit < seal.length * 8; bit += 7) {
    const changed = seal.slice();
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const accepted = await (async () => sealHolds(openSeal(changed), spki))().catch(() => false);
    assert.equal(accepted, false, `bit ${bit}`);
  }
});
