import { fromBase64, toBase64 } from '../bytes.ts';
import type { Hash } from './merkle.ts';
import { parseNote } from './note.ts';

/** C2SP tlog-checkpoint: which log, how many leaves, which root. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Hash };

/** The lines that are signed. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** Reads a checkpoint, signed or not; throws RangeError on any other form. Signatures are checked elsewhere. */
export const parseCheckpoint = (note: string): Checkpoint => {
  const text = note.includes('\n\n') ? parseNote(note).text : note;
  const match = /^([^\n]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n/.exec(text);
  if (!match?.[1] || !match[3]) throw new RangeError('not a checkpoint');
  const root = fromBase64(match[3]);
  return { origin: match[1], size: Number(match[2]), root };
};
