import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { acceptedChanges } from '#test/support/changed-seals.ts';
import type { SealClaims } from './claim-fields.ts';
import { decodeClaims, encodeClaims } from './claims.ts';
import type { JudgeOptions } from './judge-seal.ts';
import { judgeSeal } from './judge-seal.ts';
import { readRows, sealRows } from './row-bytes.ts';
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
import { canonicalCode, lockRecord, openRecord } from './typed-record.ts';

const claims: SealClaims = {
  issuer: '明石大学',
  serial: 'AK7Q-2M4X-9T3B',
  impression: 1,
  type: 'transcript',
  language: 'ja',
  nameJa: '山田 花子',
  nameRoman: 'YAMADA Hanako',
  birthDate: '1969-12-31',
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
  pages: 2,
  firstRow: 1,
  ...sealRows([
    { grade: 'A+', credits: 2 },
    { grade: '不可', credits: 0.5 },
  ]),
  facts: { gradePointAverage: '3.20', totalCredits: '124' },
  logIndex: 7,
  salt: new Uint8Array(16).fill(9),
};

const newKey = async () => {
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const spki = new Uint8Array(await webcrypto.subtle.exportKey('spki', pair.publicKey));
  const sign = async (bytes: Uint8Array) =>
    new Uint8Array(
      await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new Uint8Array(bytes)),
    );
  return { spki, key: { keyId: '0011223344556677', sign } };
};

test('digits round trip for any bytes, and only canonically', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 640 }), (bytes) => {
      assert.deepEqual(decodeDigits(encodeDigits(bytes)), bytes);
      assert.throws(() => decodeDigits(`2${encodeDigits(bytes).slice(1)}`));
    }),
  );
});

test('a seal opens and holds', async () => {
  const { spki, key } = await newKey();
  const seal = await signSeal(claims, key);
  assert.deepEqual(openSeal(seal).claims, claims);
  assert.equal(await sealHolds(openSeal(seal), spki), true);
  assert.deepEqual(decodeSealUrl(encodeSealUrl('verify.example', seal)), {
    host: 'verify.example',
    bytes: seal,
  });
  assert.match(await checkCodeOf(seal), /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
});

const SEED = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);

test(`of 1,000 random changes of one bit of a seal none is accepted (seed ${SEED})`, async () => {
  assert.deepEqual(await acceptedChanges(1000, SEED), []);
});

const date = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const word = fc.string({ unit: 'grapheme', maxLength: 30 });
const count = fc.nat({ max: 0xffffffff });
const rows = fc
  .array(
    fc.record({
      grade: fc.constantFrom('A+', '優', '合', 'P', 'X'),
      credits: fc.constantFrom(0, 0.5, 2, 30),
    }),
  )
  .filter((all) => all.length > 0)
  .map((all) => sealRows(all));

test('whatever claims are made are read back, in one form only', () => {
  const made = fc.record({
    ...Object.fromEntries(
      Object.keys(claims).map((name) => [name, fc.constant(claims[name as keyof SealClaims])]),
    ),
    nameJa: word,
    nameRoman: fc.option(word),
    birthDate: date,
    admissionDate: fc.option(date),
    leaveFrom: fc.option(date),
    issuedAt: count,
    logIndex: fc.option(count),
    salt: fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 })),
    facts: fc.option(fc.record({ degree: word, conferredOn: date }, { noNullPrototype: true })),
  });
  fc.assert(
    fc.property(made, fc.option(rows), (some, sealed) => {
      const all = { ...some, ...(sealed ?? { rows: null, grades: null, halves: null }) } as SealClaims;
      const bytes = encodeClaims(all);
      assert.deepEqual(decodeClaims(bytes), all);
      assert.throws(() => decodeClaims(new Uint8Array([...bytes, 0])));
    }),
  );
});

test('a grade or a number of credits beyond the standard lists is sealed all the same', () => {
  const rows = [
    { grade: '特優', credits: 12 },
    { grade: 'A', credits: 2 },
  ];
  assert.deepEqual(readRows(sealRows(rows)), rows);
  assert.throws(() => sealRows([{ grade: 'A', credits: 0.3 }]), RangeError);
  assert.throws(() => sealRows(Array.from({ length: 17 }, (_, at) => ({ grade: `g${at}`, credits: 1 }))));
});

test('a verdict is one of four words, or none', async () => {
  const { spki, key } = await newKey();
  const host = 'verify.example';
  const keys = [{ kid: key.keyId, spkiBase64: Buffer.from(spki).toString('base64') }];
  const seal = await signSeal(claims, key);
  const judge = (text: string, more: Partial<JudgeOptions> = {}) =>
    judgeSeal(text, { host, keys, statusList: [], ...more });
  const url = encodeSealUrl(host, seal);
  const entry = { serial: claims.serial, impression: 1, since: '2026-11-25T00:00:00Z', reason: 'reprinted' };

  assert.equal((await judge(url)).word, 'valid');
  assert.equal((await judge(encodeDigits(seal))).word, 'valid');
  assert.equal((await judge(url, { statusList: null })).statusChecked, false);
  const voided = await judge(url, { statusList: [{ ...entry, state: 'void' }] });
  assert.deepEqual([voided.word, voided.withdrawal?.reason], ['void', 'reprinted']);
  const replaced = await judge(url, { statusList: [{ ...entry, state: 'superseded' }] });
  assert.equal(replaced.word, 'superseded');
  const other = await judge(url, { statusList: [{ ...entry, impression: 2, state: 'void' }] });
  assert.equal(other.word, 'valid', 'another impression was voided');

  const changed = seal.slice();
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  const altered = await judge(encodeSealUrl(host, changed));
  assert.deepEqual([altered.word, altered.claims], ['altered', null]);
  const lookAlike = await judge(encodeSealUrl('verify.example.evil.test', seal));
  assert.deepEqual([lookAlike.reason, lookAlike.otherHost], ['other-host', 'verify.example.evil.test']);
  assert.equal((await judge(url, { keys: [] })).reason, 'unknown-key');
  assert.equal((await judge(url.slice(0, -4))).reason, 'damaged');
  assert.equal((await judge('https://verify.example/')).reason, 'not-a-seal');
  for (const text of ['', '1', 'hello', 'javascript:alert(1)', '9'.repeat(2000)]) {
    assert.equal((await judge(text)).word, 'cannot-tell', text);
  }
});

test('a typed record opens with both codes and with nothing else', async () => {
  const { key } = await newKey();
  const seal = await signSeal(claims, key);
  const code = await checkCodeOf(seal);
  const records = [await lockRecord(claims.serial, code, seal)];
  assert.deepEqual(await openRecord(claims.serial, code, records), seal);
  assert.equal(await openRecord(claims.serial, '0000-0000-0000', records), null);
  assert.equal(await openRecord('AK7Q-2M4X-9T3C', code, records), null);
  assert.equal(canonicalCode(' ak7q2m4x 9t3b '), claims.serial);
  assert.equal(canonicalCode('ＡＫ７Ｑ−2M4X-9T3B'), claims.serial);
  assert.equal(canonicalCode('O1IL'), '0111');
  assert.equal(canonicalCode('A'.repeat(41)), null);
});

test('a typed record published with a key of AES-256 opens as it did', async () => {
  const record = { id: 'tj9+DOXqcMvoiJN7w2+vHw==', sealed: 'tvVMcktYfyBl1tZ0DauQP91vcgsGgw==' };
  const seal = await openRecord('AK7Q-2M4X-9T3B', '0123-4567-89AB', [record]);
  assert.equal(new TextDecoder().decode(seal ?? undefined), 'a seal');
});
