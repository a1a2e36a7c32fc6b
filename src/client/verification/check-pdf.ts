import { PDF } from '@libpdf/core';
import { fromBase64 } from '#domain/bytes.ts';
import type { PdfVerdict } from '#domain/signed-pdf/verify-signed-pdf.ts';
import { verifySignedPdf } from '#domain/signed-pdf/verify-signed-pdf.ts';
import type { VerificationPageData } from './page-data.ts';

export type CheckedPdf = {
  readonly verdict: PdfVerdict;
  /** The address in the code of each page, as the signed file carries them; empty where it has none. */
  readonly seals: readonly string[];
};

const readSeals = async (pdf: Uint8Array): Promise<string[]> => {
  const document = await PDF.load(pdf);
  const name = [...document.getAttachments().keys()].find((one) => one.endsWith('.seals'));
  const text = name === undefined ? null : document.getAttachment(name);
  return text === null ? [] : new TextDecoder().decode(text).split('\n').filter(Boolean);
};

/** Judges a signed PDF on this device; the file goes nowhere. Loaded at the first PDF, kept for places without a network. */
export const checkPdf = async (
  bytes: Uint8Array,
  { pdfRoots }: VerificationPageData,
): Promise<CheckedPdf> => {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
  const verdict = await verifySignedPdf(bytes, {
    signerRoots: pdfRoots.signers.map(fromBase64),
    signerKeys: pdfRoots.signerKeys.map(fromBase64),
    timestampRoots: pdfRoots.timestamps.map(fromBase64),
    now: Temporal.Now.instant(),
  });
  return { verdict, seals: verdict.ok ? await readSeals(bytes) : [] };
};
