import { createHash } from 'node:crypto';
import { PDF } from '@libpdf/core';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import type { DocumentKey } from '#platform/keys/key-holder.ts';
import { buildCms } from './build-cms.ts';
import { declareAccessible, identifyDocument } from './mark-document.ts';

/**
 * Room for the CMS in bytes: with a chain of three RSA-3072 certificates it takes about 4,700, and the timestamp that is
 * put into it later 4,000 to 9,000.
 */
const ROOM = 16_384;

/** The last ByteRange of a PDF; throws when there is none. */
export function byteRangeOf(pdf: Uint8Array): [number, number, number, number] {
  const text = Buffer.from(pdf).toString('latin1');
  const match = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].at(-1);
  if (!match) throw new Error('no signature in document');
  return match.slice(1).map(Number) as [number, number, number, number];
}

/** SHA-256 of what the last signature of a PDF covers. */
const coveredDigest = (pdf: Uint8Array): Uint8Array => {
  const [a, b, c, d] = byteRangeOf(pdf);
  const hash = createHash('sha256')
    .update(pdf.subarray(a, a + b))
    .update(pdf.subarray(c, c + d));
  return new Uint8Array(hash.digest());
};

/** What will be signed, without the signature: PDF/A-3a and PDF/UA-1, identified by its record. */
export async function prepareDocument(typeset: Uint8Array, record: CertificateRecord): Promise<PDF> {
  const document = await PDF.load(identifyDocument(typeset, record));
  declareAccessible(document);
  return document;
}

/** A document with an empty place for its signature, and the SHA-256, in hexadecimal, of all bytes around it. */
export type PreparedSignature = { readonly bytes: Uint8Array; readonly sha256: string };

/**
 * Makes place for a PAdES B-B signature over `typeset`. Nothing is signed yet. Everything derives from the record, /M
 * included: the same record, seals and fonts give the same bytes.
 */
export async function prepareSignature(
  typeset: Uint8Array,
  key: DocumentKey,
  record: CertificateRecord,
): Promise<PreparedSignature> {
  const document = await prepareDocument(typeset, record);
  // LibPDF's own CMS carries signing-time, which EN 319 142-1 §6.3 forbids: it makes the place, we fill it.
  const signer = {
    certificate: key.chain[0] ?? new Uint8Array(),
    keyType: 'RSA' as const,
    signatureAlgorithm: 'RSASSA-PKCS1-v1_5' as const,
    sign: async () => new Uint8Array(384),
  };
  const { bytes } = await document.sign({
    signer,
    fieldName: 'IssuerSignature',
    reason: '証明書発行',
    estimatedSize: ROOM,
    signingTime: new Date(record.issuedAt),
  });
  return { bytes: new Uint8Array(bytes), sha256: Buffer.from(coveredDigest(bytes)).toString('hex') };
}

/** Signs what was prepared; the same key gives the same bytes. Throws when they are not those that were announced. */
export async function completeSignature(
  { bytes, sha256 }: PreparedSignature,
  key: DocumentKey,
): Promise<Uint8Array> {
  const digest = coveredDigest(bytes);
  if (Buffer.from(digest).toString('hex') !== sha256) throw new Error('not the bytes that were prepared');
  return placeSignature(bytes, await buildCms(digest, key));
}

/** Writes a CMS into the place of the last signature, which that signature does not cover. Throws when it is too large. */
export function placeSignature(pdf: Uint8Array, cms: Uint8Array): Uint8Array {
  const out = Buffer.from(pdf);
  const [, length, after] = byteRangeOf(out);
  const hex = Buffer.from(cms).toString('hex');
  if (hex.length > after - length - 2) throw new Error('signature larger than its place');
  out.write(hex.padEnd(after - length - 2, '0'), length + 1, 'latin1');
  return new Uint8Array(out);
}

/** PAdES B-B over `typeset` in one go. */
export const signDocument = async (
  typeset: Uint8Array,
  key: DocumentKey,
  record: CertificateRecord,
): Promise<Uint8Array> => completeSignature(await prepareSignature(typeset, key, record), key);
