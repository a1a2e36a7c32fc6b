import { fromBase64 } from '../bytes.ts';
import type { SealClaims } from './claim-fields.ts';
import { decodeDigits, decodeSealUrl, openSeal, sealHolds } from './seal.ts';

/** The four verdicts, and the fifth that is none. */
export const VERDICTS = ['valid', 'void', 'superseded', 'altered', 'cannot-tell'] as const;
export type VerdictWord = (typeof VERDICTS)[number];

export type VerdictReason =
  | 'signed'
  | 'withdrawn'
  | 'replaced'
  | 'signature'
  | 'damaged'
  | 'unknown-key'
  | 'other-host'
  | 'not-a-seal'
  /** The signature holds, but the transparency log does not know the certificate. */
  | 'not-logged'
  /** A file's own signature does not hold, or something was added to it. */
  | 'pdf-changed'
  | 'pdf-unsigned'
  | 'pdf-other-issuer';

/** A key that signs seals; `spkiBase64` is its SubjectPublicKeyInfo in DER. */
export type SealKey = { readonly kid: string; readonly spkiBase64: string };

/** One line of the status list: an impression that is not valid any more, why (a code), and since when (ISO instant). */
export type StatusEntry = {
  readonly serial: string;
  readonly impression: number;
  readonly state: 'void' | 'superseded';
  readonly reason: string;
  readonly since: string;
};

export type Verdict = {
  readonly word: VerdictWord;
  readonly reason: VerdictReason;
  /** Null unless the issuer's signature holds: an unsigned claim is never shown. */
  readonly claims: SealClaims | null;
  /** False means that only the issuer's signature was proved. */
  readonly statusChecked: boolean;
  readonly otherHost: string | null;
  readonly withdrawal: { readonly reason: string; readonly since: string } | null;
};

export type JudgeOptions = {
  /** The host whose codes are judged; a code of another one is named and refused. */
  readonly host: string;
  readonly keys: readonly SealKey[];
  /** Null where it could not be fetched. */
  readonly statusList: readonly StatusEntry[] | null;
};

const NONE: Verdict = {
  word: 'cannot-tell',
  reason: 'damaged',
  claims: null,
  statusChecked: false,
  otherHost: null,
  withdrawal: null,
};

const hostOf = (text: string): string | null => {
  try {
    const { protocol, host } = new URL(text);
    return protocol === 'https:' || protocol === 'http:' ? host : null;
  } catch {
    return null;
  }
};

/** Host and bytes of what was scanned: the digits alone, or the whole address. */
const readScanned = (text: string, host: string) =>
  /^\d+$/.test(text) ? { host, bytes: decodeDigits(text) } : decodeSealUrl(text);

/** Judges opened bytes of our own host; throws RangeError on what is no seal. */
const judgeBytes = async (bytes: Uint8Array, { keys, statusList }: JudgeOptions): Promise<Verdict> => {
  const seal = openSeal(bytes);
  const key = keys.find((candidate) => candidate.kid === seal.keyId);
  if (key === undefined) return { ...NONE, reason: 'unknown-key' };
  if (!(await sealHolds(seal, fromBase64(key.spkiBase64))))
    return { ...NONE, word: 'altered', reason: 'signature' };
  const { claims } = seal;
  const judged = { ...NONE, claims, statusChecked: statusList !== null };
  const entry = statusList?.find(
    (one) => one.serial === claims.serial && one.impression === claims.impression,
  );
  if (entry === undefined) return { ...judged, word: 'valid', reason: 'signed' };
  const { state, reason, since } = entry;
  return {
    ...judged,
    word: state,
    reason: state === 'void' ? 'withdrawn' : 'replaced',
    withdrawal: { reason, since },
  };
};

/** Judges the text of a QR code: an address of this service with a seal behind `#`, or the seal's digits; never throws. */
export const judgeSeal = async (text: string, options: JudgeOptions): Promise<Verdict> => {
  const scanned = text.trim();
  const host = hostOf(scanned);
  if (host !== null && host !== options.host) return { ...NONE, reason: 'other-host', otherHost: host };
  if (host !== null && !scanned.includes('#')) return { ...NONE, reason: 'not-a-seal' };
  try {
    return await judgeBytes(readScanned(scanned, options.host).bytes, options);
  } catch {
    return NONE;
  }
};
