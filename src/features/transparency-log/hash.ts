import { hash } from 'node:crypto';
import type { Hash } from '#domain/transparency/merkle.ts';
import { TILE_WIDTH } from '#domain/transparency/merkle.ts';

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

const sha256 = (...parts: Uint8Array[]): Hash =>
  new Uint8Array(hash('sha256', Buffer.concat(parts), 'buffer'));

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
