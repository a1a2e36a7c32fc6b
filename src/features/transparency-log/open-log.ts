import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { LeafPlace } from './log-store.ts';
import { findLeaf } from './log-store.ts';
import type { LogIdentity } from './prove.ts';
import { proveNow } from './prove.ts';
import type { AppendLeaf } from './sequencer.ts';
import { createSequencer } from './sequencer.ts';

/** The log as issuance uses it. */
export type TransparencyLog = {
  readonly append: AppendLeaf;
  readonly find: (leaf: Parameters<typeof findLeaf>[1]) => Promise<LeafPlace | null>;
  /** The proof that a document carries. */
  readonly prove: (index: number) => Promise<string>;
};

export const openTransparencyLog = (db: Database, clock: Clock, identity: LogIdentity): TransparencyLog => ({
  append: createSequencer(db, clock),
  find: (leaf) => findLeaf(db, leaf),
  prove: (index) => proveNow(db, index, identity),
});
