import { checkpointText } from '#domain/transparency/checkpoint.ts';
import type { Hash, ReadTile } from '#domain/transparency/merkle.ts';
import { inclusionProof, rootOf } from '#domain/transparency/merkle.ts';
import type { Verifier } from '#domain/transparency/note.ts';
import { signLine } from '#domain/transparency/note.ts';
import { encodeProof } from '#domain/transparency/proof.ts';
import type { Database } from '#platform/database/database.ts';
import { readHead, readTileBytes } from './log-store.ts';

export type LogSigner = {
  /** `{host}/log`: the origin of checkpoints and the name of the key. */
  readonly verifier: Verifier;
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
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

/**
 * The tlog-proof of a leaf under a checkpoint of this moment, signed by the log alone: what goes into a document that does
 * not wait for the witness. Throws RangeError for no such leaf.
 */
export const proveNow = async (
  db: Database,
  index: number,
  { verifier, sign }: LogSigner,
): Promise<string> => {
  const { size } = await readHead(db);
  const readTile = tilesOf(db);
  const text = checkpointText({ origin: verifier.name, size, root: await rootOf(size, readTile) });
  const checkpoint = `${text}\n${await signLine(text, verifier, sign)}`;
  return encodeProof({ index, hashes: await inclusionProof(index, size, readTile), checkpoint });
};
