import { parseCheckpoint } from '#domain/transparency/checkpoint.ts';
import { consistencyProof, rootOf } from '#domain/transparency/merkle.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { Log } from '#platform/log.ts';
import type { SignedCheckpoint } from './checkpoint-store.ts';
import { addCosignatures, insertCheckpoint, newestCheckpoint, noteOf } from './checkpoint-store.ts';
import { hashNode } from './hash.ts';
import { lockSequencer, readHead } from './log-store.ts';
import type { LogIdentity } from './prove.ts';
import { signTree, tilesOf } from './prove.ts';
import type { Witness } from './witness-client.ts';
import { askWitness } from './witness-client.ts';

export type PublishDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly identity: LogIdentity;
  /** Undefined where the university has none yet: then nobody vouches for the log's time. */
  readonly witness: Witness | undefined;
};

/** Signs the tree as it stands, where it grew since the last time. */
const signNewest = ({ db, clock, identity }: PublishDependencies): Promise<SignedCheckpoint | null> =>
  transaction(db, async (tx) => {
    const [, { size }, last] = await Promise.all([
      lockSequencer(tx),
      readHead(tx),
      newestCheckpoint(tx, { cosigned: false }),
    ]);
    if (size === 0 || last?.size === size) return last;
    const checkpoint = await signTree(identity, { size, root: await rootOf(size, tilesOf(tx), hashNode) });
    return insertCheckpoint(tx, { size, ...checkpoint, signedAt: clock.now() });
  });

/** Has the witness cosign; where it remembers another size than we do, its word counts and we prove from there. */
const cosign = async (
  { db, clock, log }: PublishDependencies,
  witness: Witness,
  checkpoint: SignedCheckpoint,
): Promise<void> => {
  const note = noteOf(checkpoint);
  const { size } = parseCheckpoint(note);
  let old = (await newestCheckpoint(db, { cosigned: true }))?.size ?? 0;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const proof = old === 0 || old > size ? [] : await consistencyProof(old, size, tilesOf(db), hashNode);
    const answer = await askWitness(witness, { old, proof, note });
    if (answer.kind === 'cosigned') {
      await addCosignatures(db, checkpoint.id, answer.lines, clock.now());
      return;
    }
    if (answer.kind === 'refused' || answer.size === old || answer.size > size) {
      log.error({ answer, size }, 'the witness refuses our checkpoint');
      return;
    }
    old = answer.size;
  }
};

/**
 * One round: a checkpoint where the tree grew, then the witness. What fails is tried again at the next round; issuing
 * waits for neither.
 */
export const publishCheckpoint = async (dependencies: PublishDependencies): Promise<void> => {
  const { witness, log } = dependencies;
  const checkpoint = await signNewest(dependencies);
  if (checkpoint === null || checkpoint.cosignedAt !== null || witness === undefined) return;
  try {
    await cosign(dependencies, witness, checkpoint);
  } catch (error) {
    log.warn({ error: String(error) }, 'the witness cannot be reached');
  }
};
