import type { SealClaims } from '../../domain/seal/claims.ts';
import { decodeDigits, decodeSealUrl, openSeal, sealHolds } from '../../domain/seal/seal.ts';

export type VerdictWord = 'valid' | 'void' | 'superseded' | 'altered' | 'cannot-tell';
export type Reason =
  | 'signed'
  | 'withdrawn'
  | 'replaced'
  | 'signature'
  | 'damaged'
  | 'unknown-key'
  | 'other-host';
export type SealKey = { kid: string; spkiBase64: string };
export type StatusEntry = { serial: string; impression: number; state: 'void' | 'superseded'; since: string };
/** `statusChecked` false means that only the issuer's signature was proved. */
export type Verdict = {
  word: VerdictWord;
  reason: Reason;
  claims: SealClaims | null;
  statusChecked: boolean;
  otherHost: string | null;
  since: string | null;
};
export type VerifyOptions = { host: string; keys: SealKey[]; statusList: StatusEntry[] | null };

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** Judges an address or the digits of a seal; never throws. */
export async function verifySeal(text: string, { host, keys, statusList }: VerifyOptions): Promise<Verdict> {
  const none: Verdict = {
    word: 'cannot-tell',
    reason: 'damaged',
    claims: null,
    statusChecked: false,
    otherHost: null,
    since: null,
  };
  try {
    const scanned = /^[0-9]+$/.test(text) ? { host, bytes: decodeDigits(text) } : decodeSealUrl(text);
    if (scanned.host !== host) return { ...none, reason: 'other-host', otherHost: scanned.host };
    const seal = openSeal(scanned.bytes);
    const key = keys.find((candidate) => candidate.kid === seal.keyId);
    if (!key) return { ...none, reason: 'unknown-key' };
    if (!(await sealHolds(seal, bytesOf(key.spkiBase64))))
      return { ...none, word: 'altered', reason: 'signature' };
    const { claims } = seal;
    const entry = statusList?.find(
      (item) => item.serial === claims.serial && item.impression === claims.impression,
    );
    const judged = { ...none, claims, statusChecked: statusList !== null, since: entry?.since ?? null };
    if (!entry) return { ...judged, word: 'valid', reason: 'signed' };
    return { ...judged, word: entry.state, reason: entry.state === 'void' ? 'withdrawn' : 'replaced' };
  } catch {
    return none;
  }
}
