import { concatenate, sha256, toBase64 } from '../bytes.ts';
import type { SealClaims } from '../seal/claim-fields.ts';
import { encodeClaims } from '../seal/claims.ts';

/**
 * One entry of the log: a line of JSON with its keys in this order. It holds no personal data: what a certificate says
 * is in it only as salted hashes.
 */
export type IssueLeaf = {
  readonly kind: 'issue';
  readonly serial: string;
  readonly impression: number;
  readonly type: string;
  /** Seconds since 1970; the sequencer's clock, and the seal's instant of issue. */
  readonly at: number;
  /** The date of issue that the sheets show (ISO). */
  readonly date: string;
  /** One a page, in base64. */
  readonly commitments: readonly string[];
};
export type WithdrawalLeaf = {
  readonly kind: 'void' | 'supersede';
  readonly serial: string;
  readonly impression: number;
  readonly reason: string;
  readonly at: number;
};
export type Leaf = IssueLeaf | WithdrawalLeaf;

const COMMITMENT = new TextEncoder().encode('akashi claims 1\0');

/**
 * What the log says of one page: SHA-256 over a label, the salt and the page's claims as the seal has them, but for what
 * is only known once the leaf stands: the log's own place and the instant of issue.
 */
export const commitmentOf = async (claims: SealClaims, salt: Uint8Array): Promise<string> => {
  const bytes = encodeClaims({ ...claims, issuedAt: 0, logIndex: null, salt: null });
  return toBase64(await sha256(COMMITMENT, salt, bytes));
};

/** The entry's bytes. */
export const encodeLeaf = (leaf: Leaf): Uint8Array => {
  const { kind, serial, impression, at } = leaf;
  const ordered =
    leaf.kind === 'issue'
      ? { kind, serial, impression, type: leaf.type, at, date: leaf.date, commitments: leaf.commitments }
      : { kind, serial, impression, reason: leaf.reason, at };
  return new TextEncoder().encode(JSON.stringify(ordered));
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Strict inverse of `encodeLeaf`; throws RangeError. */
export const decodeLeaf = (entry: Uint8Array): Leaf => {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(entry);
  const value = JSON.parse(text) as Record<string, unknown>;
  const { kind, serial, impression, at, type, date, commitments, reason } = value;
  if (!isText(serial) || !isCount(impression) || !isCount(at)) throw new RangeError('leaf malformed');
  let leaf: Leaf;
  if (
    kind === 'issue' &&
    isText(type) &&
    isText(date) &&
    Array.isArray(commitments) &&
    commitments.every(isText)
  )
    leaf = { kind, serial, impression, type, at, date, commitments };
  else if ((kind === 'void' || kind === 'supersede') && isText(reason))
    leaf = { kind, serial, impression, reason, at };
  else throw new RangeError('leaf malformed');
  if (new TextDecoder().decode(encodeLeaf(leaf)) !== text) throw new RangeError('leaf not canonical');
  return leaf;
};

/** An entry bundle of C2SP tlog-tiles: each entry led by its length in two bytes. */
export const encodeBundle = (entries: readonly Uint8Array[]): Uint8Array =>
  concatenate(
    ...entries.flatMap((entry) => [new Uint8Array([entry.length >> 8, entry.length & 255]), entry]),
  );

/** Inverse of `encodeBundle`; throws RangeError where it ends early. */
export const decodeBundle = (bundle: Uint8Array): Uint8Array[] => {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length; ) {
    const length = (bundle[at] ?? 0) * 256 + (bundle[at + 1] ?? 0);
    const entry = bundle.slice(at + 2, at + 2 + length);
    if (entry.length !== length) throw new RangeError('bundle ends early');
    entries.push(entry);
    at += 2 + length;
  }
  return entries;
};
