import { PDF, PdfArray, PdfDict, PdfRef, PdfStream } from '@libpdf/core';
import * as pkijs from 'pkijs';
import { ownBytes, sameBytes, sha256 } from '../bytes.ts';
import type { PathProblem, ReadCertificate } from './certificate-path.ts';
import { checkPath, expiryOf, keyOf, readCertificate } from './certificate-path.ts';
import { onlyValidationDataFollows } from './compare-revisions.ts';
import { listSignedRanges } from './revisions.ts';
import type { SignedDataProblem } from './signed-data.ts';
import { openSignedData } from './signed-data.ts';
import type { OpenedTimestamp } from './timestamp-token.ts';
import { openTimestamp } from './timestamp-token.ts';

export type PdfProblem =
  | 'unreadable'
  | 'unsigned'
  | 'changed-after-signing'
  | `signature-${SignedDataProblem}`
  | `signer-${PathProblem}`
  | 'signer-not-ours'
  | `timestamp-${SignedDataProblem | 'imprint' | 'purpose'}`
  | `authority-${PathProblem}`;

/** `level` names the parts present and proved; B-LT is not told apart, for without its timestamp it proves nothing. */
export type PdfVerdict =
  | {
      readonly ok: true;
      readonly level: 'B-B' | 'B-T' | 'B-LTA';
      readonly revocation: 'good' | 'unknown';
      /** The instant by which the signature is proved to have existed; null without a timestamp. */
      readonly existedAt: Temporal.Instant | null;
      /** Length in bytes of the revision that the issuer signed. */
      readonly signedLength: number;
      readonly pages: number;
      /** When the newest timestamp's signer expires: by then the proof must be renewed. Null without a timestamp. */
      readonly provableUntil: Temporal.Instant | null;
      /** The signer's certificate, DER. */
      readonly signer: Uint8Array;
    }
  | { readonly ok: false; readonly problem: PdfProblem };

export type VerifyPdfOptions = {
  /** DER. Roots that issue document signers, and those that issue timestamp authorities. */
  readonly signerRoots: readonly Uint8Array[];
  readonly timestampRoots: readonly Uint8Array[];
  /** SHA-256 of the public keys (SPKI) that sign, where the authority above them signs for others too; any otherwise. */
  readonly signerKeys?: readonly Uint8Array[];
  readonly now: Temporal.Instant;
  /** DER. Revocation lists at hand beside those in the file. */
  readonly revocationLists?: readonly Uint8Array[];
};

type Store = { certificates: ReadCertificate[]; lists: pkijs.CertificateRevocationList[] };

/** Certificates and revocation lists of the document security store; what cannot be read is left out. */
const readStore = (document: PDF, given: readonly Uint8Array[]): Store => {
  const resolve = (object: unknown) => (object instanceof PdfRef ? document.getObject(object) : object);
  const store = resolve(document.getCatalog().get('DSS'));
  const streams = (key: string): Uint8Array[] => {
    const list = store instanceof PdfDict ? resolve(store.get(key)) : undefined;
    return list instanceof PdfArray
      ? [...list].map(resolve).flatMap((one) => (one instanceof PdfStream ? [one.getDecodedData()] : []))
      : [];
  };
  const readable = <T>(bytes: Uint8Array[], read: (der: Uint8Array) => T): T[] =>
    bytes.flatMap((der) => {
      try {
        return [read(der)];
      } catch {
        return [];
      }
    });
  return {
    certificates: readable(streams('Certs'), readCertificate),
    lists: readable([...streams('CRLs'), ...given], (der) =>
      pkijs.CertificateRevocationList.fromBER(ownBytes(der).buffer),
    ),
  };
};

type Stamp = { ok: true; stamp: OpenedTimestamp } | { ok: false; problem: PdfProblem };

/** A token and the bytes it attests. */
type Attested = { readonly token: Uint8Array; readonly bytes: Uint8Array };

const checkTimestamp = async (
  { token, bytes }: Attested,
  trust: { store: Store; roots: ReadCertificate[]; at: Temporal.Instant },
): Promise<Stamp> => {
  const stamp = await openTimestamp(token, await sha256(bytes));
  if (!stamp.ok) return { ok: false, problem: `timestamp-${stamp.problem}` };
  const pool = [...stamp.certificates, ...trust.store.certificates];
  const path = await checkPath(stamp.signer, {
    pool,
    roots: trust.roots,
    lists: trust.store.lists,
    at: trust.at,
  });
  if (!path.ok) return { ok: false, problem: `authority-${path.problem}` };
  if (Temporal.Instant.compare(stamp.time, trust.at) > 0)
    return { ok: false, problem: 'authority-not-yet-valid' };
  return { ok: true, stamp };
};

const judge = async (document: PDF, bytes: Uint8Array, options: VerifyPdfOptions): Promise<PdfVerdict> => {
  const no = (problem: PdfProblem): PdfVerdict => ({ ok: false, problem });
  const [signature, ...timestamps] = listSignedRanges(document, bytes);
  if (signature?.kind !== 'signature') return no('unsigned');
  if (timestamps.some(({ kind }) => kind !== 'timestamp')) return no('changed-after-signing');
  const opened = await openSignedData(signature.contents, signature.covered);
  if (!opened.ok) return no(`signature-${opened.problem}`);
  if (signature.end !== bytes.length) {
    const signed = await PDF.load(bytes.slice(0, signature.end));
    if (signed.recoveredViaBruteForce || !onlyValidationDataFollows(signed, document))
      return no('changed-after-signing');
  }
  const store = readStore(document, options.revocationLists ?? []);
  const roots = options.timestampRoots.map(readCertificate);
  // The newest timestamp is judged now; each older one, and at last the signature, at the time the next one proves.
  let at = options.now;
  let provableUntil: Temporal.Instant | null = null;
  const attested = [
    ...(opened.timestamp === null ? [] : [{ token: opened.timestamp, bytes: opened.signature }]),
    ...timestamps.map(({ contents, covered }) => ({ token: contents, bytes: covered })),
  ];
  for (const one of attested.toReversed()) {
    const checked = await checkTimestamp(one, { store, roots, at });
    if (!checked.ok) return no(checked.problem);
    at = checked.stamp.time;
    provableUntil ??= expiryOf(checked.stamp.signer);
  }
  const path = await checkPath(opened.signer, {
    pool: [...opened.certificates, ...store.certificates],
    roots: options.signerRoots.map(readCertificate),
    lists: store.lists,
    at,
  });
  if (!path.ok) return no(`signer-${path.problem}`);
  const { signerKeys } = options;
  if (signerKeys !== undefined) {
    const key = await sha256(keyOf(opened.signer));
    if (!signerKeys.some((one) => sameBytes(one, key))) return no('signer-not-ours');
  }
  const stamped = attested.length > 0;
  const archived = timestamps.length > 0 && attested.length > 1 && path.revocation === 'good';
  return {
    ok: true,
    level: archived ? 'B-LTA' : stamped ? 'B-T' : 'B-B',
    revocation: path.revocation,
    existedAt: stamped ? at : null,
    signedLength: signature.end,
    pages: document.getPageCount(),
    provableUntil,
    signer: opened.signer.der,
  };
};

/**
 * Judges a signed PDF by its bytes alone: signature, chain, timestamps, and that nothing but a document security store
 * and timestamps follows the signed revision. Never throws. Runs in a browser too.
 */
export const verifySignedPdf = async (bytes: Uint8Array, options: VerifyPdfOptions): Promise<PdfVerdict> => {
  try {
    // Bytes behind the end belong to no revision; another reader might make something of them.
    const tail = new TextDecoder('latin1').decode(bytes.subarray(-16));
    if (!/%%EOF\s*$/.test(tail)) return { ok: false, problem: 'unreadable' };
    const document = await PDF.load(bytes);
    if (document.recoveredViaBruteForce || document.isEncrypted) return { ok: false, problem: 'unreadable' };
    return await judge(document, bytes, options);
  } catch {
    return { ok: false, problem: 'unreadable' };
  }
};
