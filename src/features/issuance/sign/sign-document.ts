import { createHash } from 'node:crypto';
import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfString } from '@libpdf/core';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import type { DocumentKey } from '#platform/keys/key-holder.ts';
import { buildCms } from './build-cms.ts';
import { declareAccessible, identifyDocument } from './mark-document.ts';

/**
 * Room for the CMS in bytes: with a chain of three RSA-3072 certificates it takes about 4,700, and the timestamp that is
 * put into it later 4,000 to 9,000.
 */
const ROOM = 16_384;

/** Holds the place of numbers that nobody knows before the file is written: ten digits are more than any of them has. */
const UNKNOWN = 9_999_999_999;
const RANGE_TO_COME = `[0 ${UNKNOWN} ${UNKNOWN} ${UNKNOWN}]`;
/** ISO 32000-1 §12.5.3: Print and Locked. */
const PRINTED_LOCKED = 0x84;

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

const name = (value: string): PdfName => PdfName.of(value);

/** `/M`, to the second (ISO 32000-1 §7.9.4). */
const dateOf = (instant: string): string =>
  `D:${Temporal.Instant.from(instant).toString({ smallestUnit: 'second' }).replaceAll(/[-:T]/g, '')}`;

/**
 * An invisible field with a signature dictionary, its place empty (EN 319 142-1 §6.3). LibPDF could fill it too, but its
 * CMS carries signing-time, which that clause forbids.
 */
const addPlace = (document: PDF, { issuedAt }: CertificateRecord): void => {
  const page = document.getPage(0)?.ref;
  if (page === undefined) throw new Error('typeset file without a page');
  const signature = PdfDict.of({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    ByteRange: new PdfArray([0, UNKNOWN, UNKNOWN, UNKNOWN].map((number) => PdfNumber.of(number))),
    Contents: PdfString.fromBytes(new Uint8Array(ROOM)),
    M: PdfString.fromString(dateOf(issuedAt)),
    Reason: PdfString.fromString('証明書発行'),
  });
  const reference = document.register(signature);
  const field = document.getOrCreateForm().createSignatureField('IssuerSignature').getDict();
  field.set('V', reference);
  field.delete('Kids');
  field.set('Type', name('Annot'));
  field.set('Subtype', name('Widget'));
  field.set('F', PdfNumber.of(PRINTED_LOCKED));
  field.set('P', page);
  field.set('Rect', new PdfArray([0, 0, 0, 0].map((number) => PdfNumber.of(number))));
};

/**
 * Makes place for a PAdES B-B signature over `typeset`. Nothing is signed yet. Everything derives from the record, /M
 * included: the same record, seals and fonts give the same bytes.
 */
export async function prepareSignature(
  typeset: Uint8Array,
  record: CertificateRecord,
): Promise<PreparedSignature> {
  const document = await prepareDocument(typeset, record);
  addPlace(document, record);
  const bytes = Buffer.from(await document.save({ incremental: true }));
  const start = bytes.lastIndexOf(RANGE_TO_COME);
  const place = bytes.indexOf('/Contents <', start) + '/Contents '.length;
  const after = place + ROOM * 2 + 2;
  if (start < 0 || bytes[after - 1] !== '>'.charCodeAt(0)) throw new Error('no place for the signature');
  const range = [place, after, bytes.length - after].map((number) => `${number}`.padEnd(`${UNKNOWN}`.length));
  bytes.write(`[0 ${range.join(' ')}]`, start, 'latin1');
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
): Promise<Uint8Array> => completeSignature(await prepareSignature(typeset, record), key);
