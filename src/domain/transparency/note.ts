import { concatenate, fromBase64, ownBytes, sha256, toBase64, toHex } from '../bytes.ts';

/** Signed notes (C2SP signed-note) with Ed25519 signatures of logs and cosignatures of witnesses. */
const SIGNATURE_START = '\u2014 ';
const LOG_SIGNATURE = 0x01;
const COSIGNATURE = 0x04;

/** Who signs: a name and a public key of 32 bytes. */
export type Verifier = {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly kind: 'log' | 'witness';
};

export type Note = {
  /** The signed lines, with the newline of the last. */
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly bytes: Uint8Array }[];
};

const encoder = new TextEncoder();
const algorithmOf = (kind: Verifier['kind']): number => (kind === 'log' ? LOG_SIGNATURE : COSIGNATURE);

/** First four bytes of SHA-256(name ‖ newline ‖ algorithm ‖ public key). */
const keyHash = async ({ name, publicKey, kind }: Verifier): Promise<Uint8Array> => {
  const algorithm = new Uint8Array([algorithmOf(kind)]);
  return (await sha256(encoder.encode(`${name}\n`), algorithm, publicKey)).slice(0, 4);
};

/** `name+hash+key` as such keys are handed around (signed-note, "verifier keys"). */
export const encodeVerifier = async (verifier: Verifier): Promise<string> => {
  const hash = toHex(await keyHash(verifier));
  return `${verifier.name}+${hash}+${toBase64(concatenate(new Uint8Array([algorithmOf(verifier.kind)]), verifier.publicKey))}`;
};

/** Inverse of `encodeVerifier`; throws RangeError where hash and key do not fit. */
export const decodeVerifier = async (text: string): Promise<Verifier> => {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  if (!match?.[1] || !match[3]) throw new RangeError('not a verifier key');
  const bytes = fromBase64(match[3]);
  const kind = bytes[0] === LOG_SIGNATURE ? 'log' : 'witness';
  const verifier: Verifier = { name: match[1], publicKey: bytes.slice(1), kind };
  if (bytes.length !== 33 || (await encodeVerifier(verifier)) !== text)
    throw new RangeError('verifier key malformed');
  return verifier;
};

/** Reads a note without checking its signatures; throws RangeError on what is none. */
export const parseNote = (note: string): Note => {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new RangeError('not a signed note');
  const lines = note.slice(end + 2, -1).split('\n');
  const signatures = lines.map((line) => {
    const match = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
    if (!match?.[1] || !match[2]) throw new RangeError('signature line malformed');
    return { name: match[1], bytes: fromBase64(match[2]) };
  });
  return { text: note.slice(0, end + 1), signatures };
};

const cosigned = (text: string, seconds: number): Uint8Array =>
  encoder.encode(`cosignature/v1\ntime ${seconds}\n${text}`);

type Sign = (bytes: Uint8Array) => Promise<Uint8Array>;

/** The line of the log's own signature. */
export const signLine = async (text: string, verifier: Verifier, sign: Sign): Promise<string> => {
  const signature = await sign(encoder.encode(text));
  return `${SIGNATURE_START}${verifier.name} ${toBase64(concatenate(await keyHash(verifier), signature))}\n`;
};

/** The line of a witness's cosignature (C2SP tlog-cosignature, Ed25519); `seconds` since 1970. */
export const cosignLine = async (
  text: string,
  { verifier, sign, seconds }: { verifier: Verifier; sign: Sign; seconds: number },
): Promise<string> => {
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  const signature = await sign(cosigned(text, seconds));
  return `${SIGNATURE_START}${verifier.name} ${toBase64(concatenate(await keyHash(verifier), time, signature))}\n`;
};

/** Whether one of these keys, all of one kind, signed the note. */
export const signedByAny = async (note: Note, verifiers: readonly Verifier[]): Promise<boolean> => {
  for (const verifier of verifiers) if ((await signedAt(note, verifier)) !== null) return true;
  return false;
};

/** Whether `verifier` signed the note: null when not, else the seconds its cosignature names (0 for a log). */
export const signedAt = async (note: Note, verifier: Verifier): Promise<number | null> => {
  const hash = await keyHash(verifier);
  const key = await crypto.subtle.importKey('raw', ownBytes(verifier.publicKey), 'Ed25519', false, [
    'verify',
  ]);
  for (const { name, bytes } of note.signatures) {
    if (name !== verifier.name || !hash.every((byte, index) => byte === bytes[index])) continue;
    const isLog = verifier.kind === 'log';
    if (bytes.length !== (isLog ? 68 : 76)) continue;
    const seconds = isLog ? 0 : Number(new DataView(ownBytes(bytes).buffer).getBigUint64(4));
    const message = isLog ? encoder.encode(note.text) : cosigned(note.text, seconds);
    if (await crypto.subtle.verify('Ed25519', key, ownBytes(bytes.slice(isLog ? 4 : 12)), ownBytes(message)))
      return seconds;
  }
  return null;
};
