import { createHash } from 'node:crypto';
import { PDF } from '@libpdf/core';
import { AkashiError } from '#domain/error.ts';
import { listSignedRanges } from '#domain/signed-pdf/revisions.ts';
import { firstValue, openSignedData } from '#domain/signed-pdf/signed-data.ts';
import type { PdfVerdict } from '#domain/signed-pdf/verify-signed-pdf.ts';
import { verifySignedPdf } from '#domain/signed-pdf/verify-signed-pdf.ts';
import type { Clock } from '#platform/clock.ts';
import { withTimestamp } from '../sign/build-cms.ts';
import { placeSignature } from '../sign/sign-document.ts';
import type { RevocationLists } from './revocation-lists.ts';
import type { RequestTimestamp } from './timestamp-client.ts';

export type SoundPdf = PdfVerdict & { ok: true };

export type ArchiveTools = {
  readonly clock: Clock;
  readonly requestTimestamp: RequestTimestamp;
  readonly revocationLists: RevocationLists;
  /** Roots of every document key that ever signed. */
  readonly signerRoots: () => Promise<readonly Uint8Array[]>;
  readonly timestampRoots: readonly Uint8Array[];
};

/** Room for a token in bytes: one with a chain of four certificates takes about 9,000. */
const ROOM = 16_384;

/** What our own verifier says of a kept document; throws `unexpected` when it would not accept it. */
export const requireSound = async (tools: ArchiveTools, pdf: Uint8Array): Promise<SoundPdf> => {
  const { timestampRoots, clock } = tools;
  const signerRoots = await tools.signerRoots();
  const verdict = await verifySignedPdf(pdf, { signerRoots, timestampRoots, now: clock.now() });
  if (!verdict.ok) throw new AkashiError('unexpected', { document: verdict.problem });
  return verdict;
};

/**
 * B-B → B-T: a timestamp over the signature value, as an unsigned attribute of the CMS (EN 319 142-1 §6.3). It goes into
 * the place of the signature itself, which no signature covers, so the file keeps its length and its one revision. (A
 * document timestamp would do for EU DSS, but not for pyHanko, which asks for this one.)
 */
export const addTimestamp = async (tools: ArchiveTools, pdf: Uint8Array): Promise<Uint8Array> => {
  const [signature, ...later] = listSignedRanges(await PDF.load(pdf), pdf);
  if (signature === undefined || later.length > 0)
    throw new AkashiError('unexpected', { document: 'not B-B' });
  const cms = firstValue(signature.contents);
  const opened = await openSignedData(cms, signature.covered);
  if (!opened.ok) throw new AkashiError('unexpected', { document: opened.problem });
  const digest = createHash('sha256').update(opened.signature).digest();
  return placeSignature(pdf, withTimestamp(cms, await tools.requestTimestamp(new Uint8Array(digest))));
};

/** Certificates and revocation lists of every signature so far, and a timestamp over it all; unchecked. */
export const appendArchivalData = async (tools: ArchiveTools, pdf: Uint8Array): Promise<Uint8Array> => {
  const document = await PDF.load(pdf);
  const { bytes, warnings } = await document.addArchivalData({
    timestampAuthority: { timestamp: (digest) => tools.requestTimestamp(digest) },
    revocationProvider: { getCRL: async (der) => (await tools.revocationLists(der))[0] ?? null },
    digestAlgorithm: 'SHA-256',
    estimatedSize: ROOM,
  });
  const [warning] = warnings;
  if (warning !== undefined) throw new AkashiError('unavailable', { archivalData: warning.code });
  return bytes;
};

/**
 * B-T → B-LTA, and again whenever the newest timestamp nears its end (EN 319 142-1 §5.4.2, §5.5). Throws `unavailable`
 * unless every certificate below a root has its revocation list, and `unexpected` when one of them is revoked.
 */
export const addArchivalData = async (tools: ArchiveTools, pdf: Uint8Array): Promise<Uint8Array> => {
  const bytes = await appendArchivalData(tools, pdf);
  const verdict = await requireSound(tools, bytes);
  if (verdict.revocation !== 'good')
    throw new AkashiError('unavailable', { archivalData: 'no revocation list' });
  return bytes;
};
