import { createHash } from 'node:crypto';
import type { Hash } from '#domain/transparency/merkle.ts';
import { TILE_WIDTH } from '#domain/transparency/merkle.ts';

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

const sha256 = (...parts: Uint8Array[]): Hash => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** What `leafHash` and `nodeHash` of the domain answer, at once: a proof takes a thousand hashes, each a wait there. */
export const hashLeaf = (entry: Uint8Array): Hash => sha256(LEAF, entry);
export const hashNode = (left: Hash, right: Hash): Hash => sha256(NODE, left, right);

/** The hash that a full tile gives to the level above. */
export const foldTile = (bytes: Uint8Array): Hash => {
  let hashes = Array.from({ length: TILE_WIDTH }, (_, at) => bytes.subarray(at * 32, at * 32 + 32));
  while (hashes.length > 1)
    hashes = Array.from({ length: hashes.length / 2 }, (_, at) =>
      hashNode(hashes[at * 2] ?? NODE, hashes[at * 2 + 1] ?? NODE),
    );
  return hashes[0] ?? NODE;
};
