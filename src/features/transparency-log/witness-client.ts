import { toBase64 } from '#domain/bytes.ts';
import type { Hash } from '#domain/transparency/merkle.ts';
import type { Verifier } from '#domain/transparency/note.ts';
import { parseNote, signedAt } from '#domain/transparency/note.ts';

/** Somebody else's server that cosigns our checkpoints (C2SP tlog-witness). */
export type Witness = {
  /** Submission prefix. */
  readonly url: string;
  readonly verifier: Verifier;
};

export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly lines: string }
  /** It last cosigned another size than the proof begins at. */
  | { readonly kind: 'other-size'; readonly size: number }
  | { readonly kind: 'refused'; readonly status: number };

const PATIENCE_MS = 5000;

/** Asks for a cosignature; only lines that hold under the witness's known key are taken. Throws when it cannot be reached. */
export const askWitness = async (
  { url, verifier }: Witness,
  request: { readonly old: number; readonly proof: readonly Hash[]; readonly note: string },
): Promise<WitnessAnswer> => {
  const lines = [`old ${request.old}`, ...request.proof.map(toBase64), '', request.note];
  const response = await fetch(`${url}/add-checkpoint`, {
    method: 'POST',
    body: lines.join('\n'),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const body = await response.text();
  if (response.status === 409 && /^\d{1,15}\n$/.test(body)) return { kind: 'other-size', size: Number(body) };
  if (response.status !== 200) return { kind: 'refused', status: response.status };
  const own = body
    .split('\n')
    .filter((line) => line.startsWith(`\u2014 ${verifier.name} `))
    .map((line) => `${line}\n`);
  const { text } = parseNote(request.note);
  for (const line of own)
    if ((await signedAt(parseNote(`${text}\n${line}`), verifier)) !== null)
      return { kind: 'cosigned', lines: line };
  return { kind: 'refused', status: response.status };
};
