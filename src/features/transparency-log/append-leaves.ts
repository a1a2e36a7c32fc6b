import type { Leaf } from '#domain/transparency/leaf.ts';
import { encodeLeaf } from '#domain/transparency/leaf.ts';
import type { Hash } from '#domain/transparency/merkle.ts';
import { TILE_WIDTH } from '#domain/transparency/merkle.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { foldTile, hashLeaf } from './hash.ts';
import type { LeafPlace } from './log-store.ts';
import {
  appendToTile,
  findLeaves,
  insertLeaves,
  lockSequencer,
  nameOf,
  readHead,
  readTileBytes,
} from './log-store.ts';

/** A leaf still without its instant, which the sequencer gives it. */
export type LeafRequest = {
  readonly kind: Leaf['kind'];
  readonly serial: string;
  readonly impression: number;
  readonly build: (at: Temporal.Instant) => Promise<Leaf>;
};

/** Writes hashes behind the first `before` of a level; each tile that fills gives one hash to the level above. */
const extendLevel = async (
  tx: Database,
  level: number,
  before: number,
  hashes: readonly Hash[],
): Promise<void> => {
  const above: Hash[] = [];
  for (let done = 0; done < hashes.length; ) {
    const place = before + done;
    const [index, offset] = [Math.floor(place / TILE_WIDTH), place % TILE_WIDTH];
    const part = hashes.slice(done, done + TILE_WIDTH - offset);
    await appendToTile(tx, { level, index, offset }, part);
    if (offset + part.length === TILE_WIDTH) {
      const tile = await readTileBytes(tx, { level, index, width: TILE_WIDTH });
      if (tile === null) throw new Error('log tile out of step');
      above.push(foldTile(tile));
    }
    done += part.length;
  }
  if (above.length > 0) await extendLevel(tx, level + 1, Math.floor(before / TILE_WIDTH), above);
};

const later = (now: Temporal.Instant, last: Temporal.Instant | null): Temporal.Instant =>
  last !== null && Temporal.Instant.compare(last, now) > 0 ? last : now;

/** Leaves carry whole seconds. */
const wholeSecond = (instant: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(instant.epochMilliseconds / 1000) * 1000);

/**
 * Adds leaves in one transaction and answers where each stands, in the order asked. A leaf that is in the log already
 * keeps its place, so that a step may be repeated after a crash. Instants never decrease, even when a clock does.
 */
export const appendLeaves = (
  db: Database,
  clock: Clock,
  requests: readonly LeafRequest[],
): Promise<LeafPlace[]> =>
  transaction(db, async (tx) => {
    // Asked together, carried out one after the other: what is read is what stands once the lock is held.
    const [, { size, lastAt }, there] = await Promise.all([
      lockSequencer(tx),
      readHead(tx),
      findLeaves(tx, requests),
    ]);
    const at = later(wholeSecond(clock.now()), lastAt);
    const places: LeafPlace[] = [];
    const fresh = new Map<string, { index: number; leaf: Leaf; entry: Uint8Array }>();
    for (const request of requests) {
      const key = nameOf(request);
      const known = fresh.get(key) ?? there.get(key);
      if (known !== undefined) {
        places.push({ at, ...known });
        continue;
      }
      const leaf = await request.build(at);
      const added = { index: size + fresh.size, leaf, entry: encodeLeaf(leaf) };
      fresh.set(key, added);
      places.push({ at, ...added });
    }
    const added = [...fresh.values()];
    if (added.length > 0) {
      await insertLeaves(tx, added);
      await extendLevel(
        tx,
        0,
        size,
        added.map(({ entry }) => hashLeaf(entry)),
      );
    }
    return places;
  });
