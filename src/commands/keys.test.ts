import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { existingBytes } from '#platform/keys/kept-bytes.ts';
import { openNoteKey } from '#platform/keys/note-key.ts';
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
    await assert.rejects(
      existingBytes(folder, 'seal.key', () => new Uint8Array(1)),
      /docs\/keys\.md/,
    );
    assert.throws(() => readFileSync(join(folder, 'log.key')));
  }));

test('keys made by command and a chain from elsewhere are what production opens', () =>
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
      await assert.rejects(keepChain(folder, pem), /not of document\.key/);
      const reversed = other.document.chain.toReversed().map((der) => new X509Certificate(der).toString());
      await assert.rejects(keepChain(elsewhere, reversed.join('')), /not of document\.key/);
      const torn = [other.document.chain[0], other.document.chain[2]]
        .map((der) => new X509Certificate(der ?? new Uint8Array()).toString())
        .join('');
      await assert.rejects(keepChain(elsewhere, torn), /is not issued by/);
      rmSync(join(elsewhere, 'document.chain.json'));
      assert.equal(await keepChain(elsewhere, pem), 3);
      const opened = await openFileKeys(elsewhere, { now, university: 'A', keep });
      assert.deepEqual(opened.document.chain, other.document.chain);
    }),
  ));
