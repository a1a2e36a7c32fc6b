import { sameBytes } from '#domain/bytes.ts';
import { parseCheckpoint } from '#domain/transparency/checkpoint.ts';
import { decodeLeaf } from '#domain/transparency/leaf.ts';
import { rootOf, TILE_WIDTH } from '#domain/transparency/merkle.ts';
import type { Verifier } from '#domain/transparency/note.ts';
import { parseNote, signedByAny } from '#domain/transparency/note.ts';
import type { Database } from '#platform/database/database.ts';
import { listCheckpoints, noteOf } from './checkpoint-store.ts';
import { hashLeaf, hashNode } from './hash.ts';
import { readEntries, readHead, readTileBytes } from './log-store.ts';
import { tilesOf } from './prove.ts';

export type LogCheck = {
  readonly leaves: number;
  readonly checkpoints: number;
  readonly broken: string | null;
};

/** Whether entries hash to their tiles; the first index that does not, or null. */
const checkEntries = async (db: Database, size: number): Promise<string | null> => {
  let last = 0;
  for (let from = 0; from < size; from += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - from);
    const entries = await readEntries(db, from, width);
    const tile = await readTileBytes(db, { level: 0, index: from / TILE_WIDTH, width });
    if (entries.length !== width || tile === null) return `entries from ${from} on are missing`;
    for (const [at, entry] of entries.entries()) {
      const hash = hashLeaf(entry);
      if (!sameBytes(hash, tile.subarray(at * 32, at * 32 + 32)))
        return `entry ${from + at} does not fit its tile`;
      const leaf = decodeLeaf(entry);
      if (leaf.at < last) return `entry ${from + at} goes back in time`;
      last = leaf.at;
    }
  }
  return null;
};

/**
 * Checks the log in its own database: entries against tiles, tiles against every checkpoint that was signed, by
 * one of the keys that the log ever had.
 */
export const verifyLog = async (db: Database, verifiers: readonly Verifier[]): Promise<LogCheck> => {
  const { size } = await readHead(db);
  const checkpoints = await listCheckpoints(db);
  const result = (broken: string | null): LogCheck => ({
    leaves: size,
    checkpoints: checkpoints.length,
    broken,
  });
  const entries = await checkEntries(db, size);
  if (entries !== null) return result(entries);
  for (const checkpoint of checkpoints) {
    const note = noteOf(checkpoint);
    const { size: covered, root } = parseCheckpoint(note);
    const where = `the checkpoint of size ${covered}`;
    if (!(await signedByAny(parseNote(note), verifiers))) return result(`${where} is not signed by this log`);
    if (covered > size) return result(`${where} covers more than there is`);
    if (!sameBytes(await rootOf(covered, tilesOf(db), hashNode), root))
      return result(`${where} has another root`);
  }
  return result(null);
};
