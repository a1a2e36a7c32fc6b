import { rootOf } from '#domain/transparency/merkle.ts';
import type { Database } from '#platform/database/database.ts';
import { hashNode } from './hash.ts';
import { readHead } from './log-store.ts';
import type { LogSigner } from './prove.ts';
import { signTree, tilesOf } from './prove.ts';
import type { Witness } from './witness-client.ts';
import { askWitness } from './witness-client.ts';

/** The service publishes meanwhile, so that the size which the witness remembers may move on between two questions. */
const ATTEMPTS = 5;

/**
 * Whether a witness takes checkpoints that bear this signature alone, asked with the tree that it cosigned last. True
 * where there is no tree yet. Throws when it cannot be reached, or remembers a tree that is not ours.
 */
export const isKnownToWitness = async (
  db: Database,
  signer: LogSigner,
  witness: Witness,
): Promise<boolean> => {
  let { size } = await readHead(db);
  if (size === 0) return true;
  const identity = { origin: signer.verifier.name, signers: async () => [signer] };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { text, signatures } = await signTree(identity, {
      size,
      root: await rootOf(size, tilesOf(db), hashNode),
    });
    const answer = await askWitness(witness, { old: size, proof: [], note: `${text}\n${signatures}` });
    if (answer.kind === 'cosigned') return true;
    if (answer.kind === 'refused') return false;
    if (answer.size === 0) throw new Error('the witness has cosigned nothing of this log yet');
    size = answer.size;
  }
  throw new Error('the witness remembers another tree each time it is asked');
};
