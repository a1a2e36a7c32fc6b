import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sameBytes } from '../bytes.ts';
import type { Hash, ReadTile } from './merkle.ts';
import {
  consistencyHolds,
  consistencyProof,
  inclusionHolds,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
} from './merkle.ts';

const entry = (index: number): Uint8Array => new TextEncoder().encode(`leaf ${index}`);
const LEAVES = await Promise.all(Array.from({ length: 700 }, (_, index) => leafHash(entry(index))));

/** The definition of RFC 6962 § 2.1, word for word. */
const byDefinition = async (leaves: readonly Hash[]): Promise<Hash> => {
  const [first] = leaves;
  if (leaves.length === 1 && first !== undefined) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(await byDefinition(leaves.slice(0, split)), await byDefinition(leaves.slice(split)));
};

const tilesOf =
  (leaves: readonly Hash[]): ReadTile =>
  async ({ level, index, width }) => {
    const hashes = Array.from({ length: width }, (_, at) => {
      const from = (index * 256 + at) * 256 ** level;
      return byDefinition(leaves.slice(from, from + 256 ** level));
    });
    return Promise.all(hashes);
  };
const readTile = tilesOf(LEAVES);

test('known answers of RFC 6962', async () => {
  const hex = (hash: Hash) => Buffer.from(hash).toString('hex');
  assert.equal(
    hex(await leafHash(new Uint8Array())),
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const leaves = await Promise.all(inputs.map((text) => leafHash(Uint8Array.from(Buffer.from(text, 'hex')))));
  assert.equal(
    hex(await rootOf(8, tilesOf(leaves))),
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  );
});

test('every proof holds, and none for another leaf, place, size or root', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat(), async (size, a, b) => {
      const root = await rootOf(size, readTile);
      assert.deepEqual(root, await byDefinition(LEAVES.slice(0, size)));
      const index = a % size;
      const leaf = LEAVES[index];
      assert.ok(leaf);
      const proof = await inclusionProof(index, size, readTile);
      assert.equal(await inclusionHolds(leaf, { index, size, proof, root }), true);
      const wrong = { index, size, proof, root };
      assert.equal(await inclusionHolds(await leafHash(entry(-1)), wrong), false);
      assert.equal(await inclusionHolds(leaf, { ...wrong, root: leaf.map((byte) => byte ^ 1) }), false);
      assert.equal(await inclusionHolds(leaf, { ...wrong, proof: [...proof, root] }), false);
      if (size > 1) {
        assert.equal(await inclusionHolds(leaf, { ...wrong, index: (index + 1) % size }), false);
        assert.equal(await inclusionHolds(leaf, { ...wrong, proof: proof.slice(1) }), false);
      }

      const older = 1 + (b % size);
      const before = { size: older, root: await rootOf(older, readTile) };
      const consistency = await consistencyProof(older, size, readTile);
      assert.equal(await consistencyHolds(before, { size, root }, consistency), true);
      const forged = { ...before, root: before.root.map((byte) => byte ^ 1) };
      assert.equal(await consistencyHolds(forged, { size, root }, consistency), false);
      if (older < size) {
        assert.equal(await consistencyHolds(before, { size, root: before.root }, consistency), false);
        assert.equal(await consistencyHolds(before, { size, root }, [...consistency, root]), false);
      }
    }),
    { numRuns: 60 },
  );
});

test('a tree that changed a leaf is not consistent with the one before', async () => {
  const changed = [...LEAVES];
  changed[3] = await leafHash(entry(-3));
  const before = { size: 300, root: await rootOf(300, readTile) };
  const now = { size: 500, root: await rootOf(500, tilesOf(changed)) };
  const proof = await consistencyProof(300, 500, tilesOf(changed));
  assert.equal(await consistencyHolds(before, now, proof), false);
  assert.equal(sameBytes(before.root, now.root), false);
});
