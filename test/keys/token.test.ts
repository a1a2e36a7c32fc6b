import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { openSeal } from '#domain/seal/seal.ts';
import { openTypesetter } from '#features/issuance/index.ts';
import { makeDocument } from '#features/issuance/make-document.ts';
import type { KeyHolder } from '#platform/keys/key-holder.ts';
import { ALGORITHM_OF, KEY_PURPOSES } from '#platform/keys/key-holder.ts';
import { openKeyIn, openKeyRing } from '#platform/keys/key-ring.ts';
import { KEY_STEPS, rotateKey } from '#platform/keys/rotate-key.ts';
import { openToken } from '#platform/keys/token/token.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import { withDatabase } from '#test/support/database.ts';
import { withSoftToken } from '#test/support/soft-token.ts';

const holds = (
  { publicKeySpki, algorithm }: KeyHolder,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean => {
  const key = createPublicKey({ key: Buffer.from(publicKeySpki), format: 'der', type: 'spki' });
  const hash = algorithm === 'Ed25519' ? null : 'sha256';
  return verify(hash, bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
};

test('a token signs with each kind of key, and says what is wrong before it recovers', (context) =>
  withSoftToken(context, async ({ library, pin, uriOf }) => {
    let typed = pin;
    const open = openToken({ library, readPin: async () => typed });
    for (const purpose of KEY_PURPOSES) {
      const key = await open(uriOf(purpose), ALGORITHM_OF[purpose]);
      const texts = ['', 'one', 'x'.repeat(100_000)].map((text) => new TextEncoder().encode(text));
      for (const bytes of texts) {
        const signature = await key.sign(bytes);
        assert.ok(holds(key, bytes, signature), purpose);
        assert.ok(!holds(key, new TextEncoder().encode('another'), signature), purpose);
      }
      const many = texts.concat(texts, texts);
      const signatures = await Promise.all(many.map((bytes) => key.sign(bytes)));
      assert.ok(signatures.every((signature, at) => holds(key, many[at] ?? new Uint8Array(), signature)));
    }
    await assert.rejects(open(uriOf('seal'), 'RSASSA-PKCS1-v1_5'), /not a key for RSA/);
    await assert.rejects(open('pkcs11:token=akashi;object=nothing', 'Ed25519'), /no public key/);
    await assert.rejects(open('pkcs11:token=elsewhere;object=seal', 'ECDSA-P256'), /labelled elsewhere/);
    typed = '000000';
    await assert.rejects(open(uriOf('log'), 'Ed25519'), /C_Login answers 0xa0/);
    typed = pin;
    await open(uriOf('log'), 'Ed25519');
    const nowhere = openToken({ library: '/nowhere.so', readPin: async () => pin });
    await assert.rejects(nowhere(uriOf('log'), 'Ed25519'), /nowhere/);
  }));

test('certificates go over from keys in files to keys in a token, and back', (context) =>
  withSoftToken(context, ({ library, pin, uriOf }) =>
    withDatabase(async ({ db }) => {
      const folder = mkdtempSync(join(tmpdir(), 'akashi-token-keys-'));
      const open = openKeyIn(folder, openToken({ library, readPin: async () => pin }));
      const at = Temporal.Instant.from('2026-11-24T03:00:00Z');
      const ring = await openKeyRing({ db, folder, open, first: { now: at, university: 'A' } });
      const typesetter = openTypesetter({ universityFolder: resolve('config/demo') });
      const change = async (place: (purpose: (typeof KEY_PURPOSES)[number]) => string | null) => {
        for (const purpose of KEY_PURPOSES) {
          const who = {
            purpose,
            by: 'Sato',
            reason: 'a token',
            at,
            folder,
            open,
            hurry: true,
            developmentFor: 'A',
          };
          for (const step of KEY_STEPS)
            await rotateKey(db, step, { ...who, place: step === 'prepare' ? place(purpose) : null });
        }
      };
      const make = async () => {
        const keys = await ring.issuance();
        const record = sampleRecord('enrolment', 'ja');
        const { seals } = await makeDocument({ record, typesetter, keys, verificationHost: 'v.example' });
        return openSeal(seals[0] ?? new Uint8Array()).keyId;
      };
      const keyFiles = () => readdirSync(folder).filter((name) => name.endsWith('.key'));
      try {
        const inFile = await make();
        await change(uriOf);
        assert.notEqual(await make(), inFile);
        assert.deepEqual(keyFiles(), []);
        const [log] = await ring.log();
        assert.ok(log && holds(log, new Uint8Array(9), await log.sign(new Uint8Array(9))));
        await change(() => null);
        await make();
        assert.equal(keyFiles().length, 3);
      } finally {
        typesetter.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
  ));

test('a service may begin with a key in a token: no file is made for it', (context) =>
  withSoftToken(context, ({ library, pin, uriOf }) =>
    withDatabase(async ({ db }) => {
      const folder = mkdtempSync(join(tmpdir(), 'akashi-token-first-'));
      const open = openKeyIn(folder, openToken({ library, readPin: async () => pin }));
      const at = Temporal.Instant.from('2026-11-24T03:00:00Z');
      const change = {
        purpose: 'seal',
        by: 'Sato',
        reason: 'first',
        at,
        folder,
        open,
        hurry: false,
      } as const;
      await assert.rejects(
        rotateKey(db, 'prepare', { ...change, developmentFor: null, place: null }),
        /no seal key/,
      );
      await rotateKey(db, 'prepare', { ...change, developmentFor: null, place: uriOf('seal') });
      await rotateKey(db, 'switch', { ...change, developmentFor: null, place: null });
      const ring = await openKeyRing({ db, folder, open, first: { now: at, university: 'A' } });
      assert.equal((await ring.list()).find(({ purpose }) => purpose === 'seal')?.place, uriOf('seal'));
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.startsWith('seal')),
        [],
      );
      rmSync(folder, { recursive: true, force: true });
    }),
  ));
