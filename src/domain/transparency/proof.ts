import { toBase64 } from '../bytes.ts';
import type { Hash } from './merkle.ts';

/** C2SP tlog-proof: index, inclusion proof and cosigned checkpoint in one text that proves itself offline. */
export const encodeProof = (proof: {
  readonly index: number;
  readonly hashes: readonly Hash[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
}): string =>
  [
    'c2sp.org/tlog-proof@v1',
    `index ${proof.index}`,
    ...proof.hashes.map(toBase64),
    '',
    proof.checkpoint,
  ].join('\n');
