import type { LogReader } from '#domain/transparency/check-logged.ts';
import { encodeBundle } from '#domain/transparency/leaf.ts';
import { TILE_WIDTH } from '#domain/transparency/merkle.ts';
import type { Database } from '#platform/database/database.ts';
import { newestCheckpoint, noteOf } from './checkpoint-store.ts';
import { readEntries } from './log-store.ts';
import { tilesOf } from './prove.ts';

/** The log from its own database, where a page without script is answered. */
export const logInDatabase = (db: Database): LogReader => ({
  checkpoint: async () => {
    const checkpoint =
      (await newestCheckpoint(db, { cosigned: true })) ?? (await newestCheckpoint(db, { cosigned: false }));
    if (checkpoint === null) throw new RangeError('no checkpoint yet');
    return noteOf(checkpoint);
  },
  bundle: async (index, width) => encodeBundle(await readEntries(db, index * TILE_WIDTH, width)),
  tile: tilesOf(db),
});
