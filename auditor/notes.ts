import { createHash, createPublicKey, verify } from 'node:crypto';

/** A key as logs and witnesses hand it around: `name+hash+key` (C2SP signed-note). */
export type Signer = {
  readonly name: string;
  readonly hash: Buffer;
  readonly key: Buffer;
  readonly algorithm: number;
};

export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly text: string;
  readonly note: string;
};

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');

/** Throws where the key's hash does not fit. */
export const readSigner = (text: string): Signer => {
  const [name = '', hash = '', key = ''] = text.trim().split('+', 3);
  const rest = text.trim().slice(name.length + hash.length + 2) || key;
  const bytes = Buffer.from(rest, 'base64');
  const named = Buffer.concat([Buffer.from(`${name}\n`), bytes]);
  const expected = createHash('sha256').update(named).digest().subarray(0, 4);
  if (bytes.length !== 33 || expected.toString('hex') !== hash)
    throw new Error(`not a verifier key: ${text}`);
  return { name, hash: expected, key: bytes.subarray(1), algorithm: bytes[0] ?? 0 };
};

export const readCheckpoint = (note: string): Checkpoint => {
  const end = note.indexOf('\n\n');
  const text = note.slice(0, end + 1);
  const match = /^([^\n]+)\n(0|[1-9]\d*)\n([A-Za-z0-9+/]{43}=)\n/.exec(text);
  if (end < 0 || !match?.[1] || !match[3]) throw new Error('not a checkpoint');
  return { origin: match[1], size: Number(match[2]), root: match[3], text, note };
};

/** Seconds at which `signer` cosigned (0 for a log's own signature); null where it did not sign. */
export const signedAt = ({ note, text }: Checkpoint, signer: Signer): number | null => {
  const key = createPublicKey({
    key: Buffer.concat([SPKI_ED25519, signer.key]),
    format: 'der',
    type: 'spki',
  });
  for (const line of note.slice(text.length + 1).split('\n')) {
    const match = /^\u2014 (\S+) (\S+)$/.exec(line);
    if (match?.[1] !== signer.name) continue;
    const bytes = Buffer.from(match[2] ?? '', 'base64');
    if (!bytes.subarray(0, 4).equals(signer.hash)) continue;
    const isWitness = signer.algorithm === 4;
    const seconds = isWitness && bytes.length === 76 ? Number(bytes.readBigUInt64BE(4)) : 0;
    const message = isWitness ? `cosignature/v1\ntime ${seconds}\n${text}` : text;
    if (verify(null, Buffer.from(message), key, bytes.subarray(isWitness ? 12 : 4))) return seconds;
  }
  return null;
};
