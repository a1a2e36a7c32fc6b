import { sameBytes, sha256 } from '../bytes.ts';

/**
 * The Merkle tree of RFC 6962 § 2.1 over SHA-256, computed from tiles (C2SP tlog-tiles). Hashing is WebCrypto's, so the
 * same code proves on the server and verifies in a browser; who proves often brings a faster one.
 */
export type Hash = Uint8Array;

/** The hashes of a tile that are known so far, in order, at least `width` of them. */
export type ReadTile = (tile: { level: number; index: number; width: number }) => Promise<readonly Hash[]>;

export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

export const leafHash = (entry: Uint8Array): Promise<Hash> => sha256(LEAF, entry);
export const nodeHash = (left: Hash, right: Hash): Promise<Hash> => sha256(NODE, left, right);

/** SHA-256 of 1, left and right. */
export type HashNode = (left: Hash, right: Hash) => Hash | Promise<Hash>;

/** The largest power of two below `size`, which is at least 2. */
const splitOf = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));

/** The hash of a complete run of hashes, whose number is a power of two. */
const fold = async (hashes: readonly Hash[], hashNode: HashNode): Promise<Hash> => {
  let row = hashes;
  while (row.length > 1) {
    const above: (Hash | Promise<Hash>)[] = [];
    row.forEach((right, at) => {
      const left = row[at - 1];
      if (at % 2 === 1 && left !== undefined) above.push(hashNode(left, right));
    });
    // A row at a time: a wait for every hash would take as long as the hashes.
    row = await Promise.all(above);
  }
  const [top] = row;
  if (top === undefined) throw new RangeError('no hashes');
  return top;
};

/** Computes any hash of the tree of `size` leaves; each tile is read once. */
const openTree = (size: number, readTile: ReadTile, hashNode: HashNode) => {
  const known = new Map<string, Promise<readonly Hash[]>>();
  const tile = (level: number, index: number): Promise<readonly Hash[]> => {
    const key = `${level}/${index}`;
    const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH);
    const found = known.get(key) ?? readTile({ level, index, width });
    known.set(key, found);
    return found;
  };
  /** The complete subtree of 2^height leaves that begins at leaf `from`. */
  const complete = async (from: number, height: number): Promise<Hash> => {
    const level = Math.floor(height / TILE_HEIGHT);
    const first = from / TILE_WIDTH ** level;
    const count = 2 ** (height - level * TILE_HEIGHT);
    const index = Math.floor(first / TILE_WIDTH);
    const start = first % TILE_WIDTH;
    const hashes = (await tile(level, index)).slice(start, start + count);
    if (hashes.length !== count) throw new RangeError('tile too short');
    return fold(hashes, hashNode);
  };
  /** MTH(D[from:until]). */
  const range = async (from: number, until: number): Promise<Hash> => {
    const count = until - from;
    if (Number.isInteger(Math.log2(count))) return complete(from, Math.log2(count));
    const split = splitOf(count);
    return hashNode(await range(from, from + split), await range(from + split, until));
  };
  return { range };
};

const requireSize = (size: number): void => {
  if (!Number.isSafeInteger(size) || size < 1) throw new RangeError('no tree of that size');
};

/** The root of the tree of the first `size` leaves, at least one. */
export const rootOf = (size: number, readTile: ReadTile, hashNode: HashNode = nodeHash): Promise<Hash> => {
  requireSize(size);
  return openTree(size, readTile, hashNode).range(0, size);
};

/** PATH(index, D[size]) of RFC 6962 § 2.1.1, from the leaf's sibling upwards; throws RangeError beyond the tree. */
export const inclusionProof = async (
  index: number,
  size: number,
  readTile: ReadTile,
  hashNode: HashNode = nodeHash,
): Promise<Hash[]> => {
  requireSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError('no such leaf');
  const { range } = openTree(size, readTile, hashNode);
  const path = async (from: number, until: number): Promise<Hash[]> => {
    if (until - from === 1) return [];
    const middle = from + splitOf(until - from);
    return index < middle
      ? [...(await path(from, middle)), await range(middle, until)]
      : [...(await path(middle, until)), await range(from, middle)];
  };
  return path(0, size);
};

/** PROOF(before, D[size]) of RFC 6962 § 2.1.2; empty where the sizes are equal. */
export const consistencyProof = async (
  before: number,
  size: number,
  readTile: ReadTile,
  hashNode: HashNode = nodeHash,
): Promise<Hash[]> => {
  requireSize(size);
  if (!Number.isSafeInteger(before) || before < 1 || before > size)
    throw new RangeError('no such older tree');
  const { range } = openTree(size, readTile, hashNode);
  const proof = async (from: number, until: number, old: number, whole: boolean): Promise<Hash[]> => {
    if (old === until - from) return whole ? [] : [await range(from, until)];
    const split = splitOf(until - from);
    return old <= split
      ? [...(await proof(from, from + split, old, whole)), await range(from + split, until)]
      : [...(await proof(from + split, until, old - split, false)), await range(from, from + split)];
  };
  return proof(0, size, before, true);
};

type Inclusion = { readonly index: number; readonly size: number; readonly proof: readonly Hash[] };

/** The root of the tree in which `proof` leads up from `leaf` (RFC 9162 § 2.1.3.2); null where it leads nowhere. */
export const rootThrough = async (
  leaf: Hash,
  { index, size, proof }: Inclusion,
  hashNode: HashNode = nodeHash,
): Promise<Hash | null> => {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return null;
  let hash = leaf;
  let [node, last] = [index, size - 1];
  for (const sibling of proof) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      hash = await hashNode(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      hash = await hashNode(hash, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : null;
};

/** Whether `leaf` stands at `index` of the tree of `size` with `root`. */
export const inclusionHolds = async (
  leaf: Hash,
  { root, ...inclusion }: Inclusion & { readonly root: Hash },
): Promise<boolean> => {
  const found = await rootThrough(leaf, inclusion);
  return found !== null && sameBytes(found, root);
};

type Tree = { readonly size: number; readonly root: Hash };

/** Whether `now` only adds to `before` (RFC 9162 § 2.1.4.2). */
export const consistencyHolds = async (before: Tree, now: Tree, proof: readonly Hash[]): Promise<boolean> => {
  if (before.size < 1 || before.size > now.size) return false;
  if (before.size === now.size) return proof.length === 0 && sameBytes(before.root, now.root);
  const path = Number.isInteger(Math.log2(before.size)) ? [before.root, ...proof] : [...proof];
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let [node, last] = [before.size - 1, now.size - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let [older, newer] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      older = await nodeHash(sibling, older);
      newer = await nodeHash(sibling, newer);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      newer = await nodeHash(newer, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameBytes(older, before.root) && sameBytes(newer, now.root);
};
