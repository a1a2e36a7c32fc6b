import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { issueDevelopmentSigner, makeDevelopmentChain } from '#platform/keys/development-chain.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { existingBytes } from '#platform/keys/kept-bytes.ts';
import type { KeyPurpose } from '#platform/keys/key-holder.ts';
import { openKeyIn, openKeyRing } from '#platform/keys/key-ring.ts';
import { openNoteKey } from '#platform/keys/note-key.ts';
import type { KeyStep } from '#platform/keys/rotate-key.ts';
import { rotateKey } from '#platform/keys/rotate-key.ts';
import { withDatabase } from '#test/support/database.ts';
import { keeperOf } from '../compose/keeper.ts';
import { keepChain, makeKeys } from './keys.ts';

const now = Temporal.Instant.from('2026-11-24T03:00:00Z');

const withFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-keys-'));
  await work(folder).finally(() => rmSync(folder, { recursive: true }));
};

test('production makes no key by itself and names the file that is missing; none appears', () =>
  withFolder(async (folder) => {
    const keep = keeperOf({ mode: 'production' });
    await assert.rejects(openFileKeys(folder, { now, university: 'A', keep }), /document\.key is missing/);
    await assert.rejects(openNoteKey(folder, 'log.key', keep), /log\.key is missing/);
    await assert.rejects(existingBytes(folder, 'seal.key'), /docs\/keys\.md/);
    assert.throws(() => readFileSync(join(folder, 'log.key')));
  }));

test('keys made by command and a chain from elsewhere are what production opens', () =>
  withDatabase(({ db }) =>
    withFolder((folder) =>
      withFolder(async (elsewhere) => {
        assert.deepEqual(
          new Set((await makeKeys(folder)).map((line) => line.split('  ')[1])),
          new Set(['made']),
        );
        assert.deepEqual(
          new Set((await makeKeys(folder)).map((line) => line.split('  ')[1])),
          new Set(['was there']),
        );
        const keep = keeperOf({ mode: 'production' });
        await assert.rejects(openFileKeys(folder, { now, university: 'A', keep }), /document\.chain\.json/);
        const other = await openFileKeys(elsewhere, { now, university: 'A' });
        const pem = other.document.chain.map((der) => new X509Certificate(der).toString()).join('');
        await assert.rejects(keepChain(db, folder, pem), /nor of document\.key/);
        const reversed = other.document.chain.toReversed().map((der) => new X509Certificate(der).toString());
        await assert.rejects(keepChain(db, elsewhere, reversed.join('')), /is not issued by/);
        const torn = [other.document.chain[0], other.document.chain[2]]
          .map((der) => new X509Certificate(der ?? new Uint8Array()).toString())
          .join('');
        await assert.rejects(keepChain(db, elsewhere, torn), /is not issued by/);
        rmSync(join(elsewhere, 'document.chain.json'));
        assert.equal(await keepChain(db, elsewhere, pem), 3);
        const opened = await openFileKeys(elsewhere, { now, university: 'A', keep });
        assert.deepEqual(opened.document.chain, other.document.chain);
      }),
    ),
  ));

test('a key is changed one step after another, and no step is taken before it is due', () =>
  withDatabase(({ db }) =>
    withFolder(async (folder) => {
      const first = { now, university: 'A' };
      const open = openKeyIn(folder);
      const ring = await openKeyRing({ db, folder, open, first });
      const step = (
        name: KeyStep,
        purpose: KeyPurpose = 'document',
        developmentFor: string | null = null,
      ) => {
        const place = { folder, open, place: null, developmentFor };
        return rotateKey(db, name, { purpose, by: 'Sato', reason: 'yearly', at, hurry, ...place });
      };
      let at = now;
      let hurry = false;
      await assert.rejects(step('switch'), /prepare one first/);
      await assert.rejects(step('retire'), /followed by another/);
      const before = await ring.issuance();
      const [next] = await step('prepare');
      assert.ok(next);
      await assert.rejects(step('prepare'), /there already/);
      await assert.rejects(step('switch'), /no certificate yet/, 'production waits for the authority');
      assert.equal((await ring.issuance()).document.keyId, before.document.keyId);

      const { authorities } = await makeDevelopmentChain({ publicKeySpki: next.publicKeySpki, ...first });
      const request = { publicKeySpki: next.publicKeySpki, serialNumber: '04', ...first };
      const chain = await issueDevelopmentSigner(authorities, request);
      const pem = chain.map((der) => new X509Certificate(der).toString()).join('');
      assert.equal(await keepChain(db, folder, pem), 3);
      at = now.add({ hours: 23, minutes: 59 });
      await assert.rejects(step('switch'), /not known everywhere before 2026-11-25T03:00:00Z/);
      at = now.add({ hours: 24 });
      await step('switch');
      const after = await ring.issuance();
      assert.equal(after.document.keyId, next.keyId);
      assert.deepEqual(after.document.chain, chain);
      await assert.rejects(step('prepare'), /retire the old one/);
      await step('retire');
      await step('retire');
      assert.ok(!existsSync(join(folder, 'document.key')));

      await step('prepare', 'log');
      await step('switch', 'log');
      await step('prepare', 'seal', 'A');
      await assert.rejects(step('switch', 'seal'), /not known everywhere/);
      hurry = true;
      await step('switch', 'seal');
      await step('retire', 'seal');
      await step('prepare', 'seal', 'A');
      for (const name of readdirSync(folder)) if (name.startsWith('seal')) rmSync(join(folder, name));
      await assert.rejects(
        openKeyRing({ db, folder, open, first: { ...first, keep: keeperOf({ mode: 'production' }) } }),
        /seal-.+\.key is missing/,
        'a key of the register is never made anew',
      );
      const events = await db.selectFrom('audit_event').select(['type', 'actor']).orderBy('id').execute();
      assert.deepEqual(
        events.map(({ type }) => type.replace('signing-key.', '')),
        [
          ...['prepare', 'switch', 'retire', 'retire'],
          ...['prepare', 'switch'],
          ...['prepare', 'switch', 'retire', 'prepare'],
        ],
      );
      await assert.rejects(db.deleteFrom('signing_key').execute(), /append-only/);
      const other = { public_key: Buffer.alloc(91) };
      await assert.rejects(db.updateTable('signing_key').set(other).execute(), /append-only/);
    }),
  ));
