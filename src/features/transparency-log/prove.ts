import { isDeepStrictEqual } from 'node:util';
import { checkpointText } from '#domain/transparency/checkpoint.ts';
import type { Hash, ReadTile } from '#domain/transparency/merkle.ts';
import { inclusionProof, rootThrough, TILE_WIDTH } from '#domain/transparency/merkle.ts';
import type { Verifier } from '#domain/transparency/note.ts';
import { signLine } from '#domain/transparency/note.ts';
import { encodeProof } from '#domain/transparency/proof.ts';
import type { Database } from '#platform/database/database.ts';
import { together } from '#platform/database/database.ts';
import { hashLeaf, hashNode } from './hash.ts';
import { readEntries, readHead, readTileBytes, readTiles } from './log-store.ts';

/** One key of the log; its verifier is named as the log is. */
export type LogSigner = {
  readonly verifier: Verifier;
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
};

/** Who signs for the log. */
export type LogIdentity = {
  /** `{host}/log`: the origin of checkpoints and the name of every key. */
  readonly origin: string;
  /** While a key is being changed, two: whoever knows one of them can verify. */
  readonly signers: (over?: Database) => Promise<readonly LogSigner[]>;
};

/** A checkpoint of the tree, signed by every key of this moment. */
export const signTree = async (
  { origin, signers }: LogIdentity,
  tree: { readonly size: number; readonly root: Hash },
): Promise<{ readonly text: string; readonly signatures: string }> => {
  const text = checkpointText({ origin, ...tree });
  let signatures = '';
  for (const { verifier, sign } of await signers()) signatures += await signLine(text, verifier, sign);
  return { text, signatures };
};

const split = (bytes: Uint8Array): Hash[] =>
  Array.from({ length: bytes.length / 32 }, (_, at) => bytes.slice(at * 32, at * 32 + 32));

/** The log's tiles, from the database. */
export const tilesOf =
  (db: Database): ReadTile =>
  async (tile) => {
    const bytes = await readTileBytes(db, tile);
    if (bytes === null) throw new RangeError('no such tile');
    return split(bytes);
  };

/** The tiles that a leaf's proof may need: on every level the one above the leaf, and the last one. */
const tilesOfProof = (index: number, size: number) => {
  const tiles: { level: number; index: number }[] = [];
  for (let level = 0, nodes = size; nodes > 0; level += 1, nodes = Math.floor(nodes / TILE_WIDTH)) {
    const own = Math.floor(index / TILE_WIDTH ** (level + 1));
    const last = Math.floor((nodes - 1) / TILE_WIDTH);
    tiles.push(...[...new Set([own, last])].map((at) => ({ level, index: at })));
  }
  return tiles;
};

/** The log's tiles, those of one proof known already: one by one each would cost a journey to the database. */
const withKnown = (db: Database, read: Awaited<ReturnType<typeof readTiles>>): ReadTile => {
  const nameOf = (tile: { level: number; index: number }): string => `${tile.level}/${tile.index}`;
  const known = new Map(read.map((tile) => [nameOf(tile), split(tile.hashes)]));
  return async (tile) => known.get(nameOf(tile)) ?? tilesOf(db)(tile);
};

/**
 * The tlog-proof of a leaf under a checkpoint of this moment, signed by the log alone: what goes into a document that does
 * not wait for the witness. Throws RangeError for no such leaf.
 */
export const proveNow = async (db: Database, index: number, identity: LogIdentity): Promise<string> => {
  // Of a leaf that has just been added its own tiles are the last ones too, and no others are asked for.
  const own = tilesOfProof(index, index + 1);
  const [{ size }, [entry], tiles, signers] = await together(db, (one) =>
    Promise.all([readHead(one), readEntries(one, index, 1), readTiles(one, own), identity.signers(one)]),
  );
  const others = tilesOfProof(index, size).filter((tile) => !own.some((one) => isDeepStrictEqual(one, tile)));
  if (others.length > 0) tiles.push(...(await readTiles(db, others)));
  const proof = await inclusionProof(index, size, withKnown(db, tiles), hashNode);
  // What the tiles above say of the root follows from the proof: it is not computed from them a second time.
  const root = entry && (await rootThrough(hashLeaf(entry), { index, size, proof }, hashNode));
  if (!root) throw new RangeError('no such leaf');
  const { text, signatures } = await signTree({ ...identity, signers: async () => signers }, { size, root });
  return encodeProof({ index, hashes: proof, checkpoint: `${text}\n${signatures}` });
};
