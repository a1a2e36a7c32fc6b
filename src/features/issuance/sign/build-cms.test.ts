import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as asn1js from 'asn1js';
import { openSignedData } from '#domain/signed-pdf/signed-data.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { buildCms } from './build-cms.ts';

const CONTENT = new TextEncoder().encode('what is signed');

/** The values of the SignedData inside, to be changed in place, and the whole as DER again. */
const opened = (cms: Uint8Array) => {
  const outer = asn1js.fromBER(new Uint8Array(cms).buffer).result as asn1js.Sequence;
  const held = outer.valueBlock.value[1] as asn1js.Constructed;
  const { value } = (held.valueBlock.value[0] as asn1js.Sequence).valueBlock;
  return { outer, held, value, der: () => new Uint8Array(outer.toBER()) };
};

test('a CMS opens with its certificates as they were given; one of another form does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'akashi-cms-'));
  try {
    const now = Temporal.Instant.from('2026-11-24T00:00:00Z');
    const { document } = await openFileKeys(folder, { now, university: 'Akatsuki University' });
    const cms = await buildCms(createHash('sha256').update(CONTENT).digest(), document);
    const problemOf = async (change: (parts: ReturnType<typeof opened>) => void): Promise<string> => {
      const parts = opened(cms);
      change(parts);
      const result = await openSignedData(parts.der(), CONTENT);
      return result.ok ? 'none' : result.problem;
    };
    const whole = await openSignedData(cms, CONTENT);
    assert.ok(whole.ok);
    const given = document.chain.map((der) => Buffer.from(der).toString('hex'));
    assert.deepEqual(
      whole.certificates.map(({ der }) => Buffer.from(der).toString('hex')),
      given,
    );
    const list = () => new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 1 }, value: [] });
    assert.equal(await problemOf(() => {}), 'none');
    assert.equal(await problemOf(({ value }) => value.splice(4, 0, list())), 'none');
    assert.equal(await problemOf(({ value }) => value.splice(4, 0, list(), list())), 'malformed');
    assert.equal(await problemOf(({ value }) => value.splice(3, 0, list())), 'malformed');
    assert.equal(await problemOf(({ value }) => value.push(new asn1js.Null())), 'malformed');
    assert.equal(await problemOf(({ held }) => held.valueBlock.value.push(new asn1js.Null())), 'malformed');
    assert.equal(await problemOf(({ value }) => value.splice(3, 1)), 'signer-unknown');
    assert.equal(
      await problemOf(({ value }) => {
        const signers = value.at(-1) as asn1js.Set;
        signers.valueBlock.value.push(...signers.valueBlock.value);
      }),
      'malformed',
    );
    const other = new asn1js.ObjectIdentifier({ value: '1.2.840.113549.1.7.1' });
    assert.equal(await problemOf(({ outer }) => outer.valueBlock.value.splice(0, 1, other)), 'malformed');
    const changed = new TextEncoder().encode('what was never signed');
    assert.equal(((await openSignedData(cms, changed)) as { problem?: string }).problem, 'digest');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
