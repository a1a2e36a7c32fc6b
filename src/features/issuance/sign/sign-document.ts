import { createHash } from 'node:crypto';
import { PDF } from '@libpdf/core';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import type { DocumentKey } from '#platform/keys/key-holder.ts';
import { buildCms } from './build-cms.ts';
import { declareAccessible, identifyDocument } from './mark-document.ts';

/** Room for the CMS in bytes: a chain of three RSA-3072 certificates takes about 4,700. */
const ROOM = 12_288;

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

/**
 * PAdES B-B over `typeset`. Everything derives from the record, /M included: the same record, seals, fonts and key give
 * the same bytes.
 */
export async function signDocument(
  typeset: Uint8Array,
  key: DocumentKey,
  record: CertificateRecord,
): Promise<Uint8Array> {
  const prepared = await prepareDocument(typeset, record);
  // LibPDF's own CMS carries signing-time, which EN 319 142-1 §6.3 forbids: it makes the place, we fill it.
  const signer = {
    certificate: key.chain[0] ?? new Uint8Array(),
    keyType: 'RSA' as const,
    signatureAlgorithm: 'RSASSA-PKCS1-v1_5' as const,
    sign: async () => new Uint8Array(384),
  };
  const { bytes } = await prepared.sign({
    signer,
    fieldName: 'IssuerSignature',
    reason: '証明書発行',
    estimatedSize: ROOM,
    signingTime: new Date(record.issuedAt),
  });
  const out = Buffer.from(bytes);
  const [, length, after] = byteRangeOf(out);
  const cms = (await buildCms(coveredDigest(out), key)).toString('hex');
  if (cms.length > after - length - 2) throw new Error('signature larger than its place');
  out.write(cms.padEnd(after - length - 2, '0'), length + 1, 'latin1');
  return new Uint8Array(out);
}
