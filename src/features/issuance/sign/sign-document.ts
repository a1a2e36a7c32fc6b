import { createHash } from 'node:crypto';
import { PDF, PdfBool, PdfDict } from '@libpdf/core';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { DocumentKey } from '#platform/keys/key-holder.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const buffer = (bytes: Uint8Array) => new Uint8Array(bytes).buffer;
const sequence = (value: asn1js.BaseBlock[]) => new asn1js.Sequence({ value });
const attribute = (type: string, value: asn1js.BaseBlock) => new pkijs.Attribute({ type, values: [value] });
const SHA256 = '2.16.840.1.101.3.4.2.1';

/** Signed attributes of PAdES baseline (EN 319 142-1 § 6.3): no signing-time. */
function signedAttributes(digest: Uint8Array, signer: Uint8Array): pkijs.Attribute[] {
  const certificateId = sequence([
    sequence([sequence([new asn1js.OctetString({ valueHex: buffer(sha256(signer)) })])]),
  ]);
  const attributes = [
    attribute('1.2.840.113549.1.9.3', new asn1js.ObjectIdentifier({ value: '1.2.840.113549.1.7.1' })),
    attribute('1.2.840.113549.1.9.4', new asn1js.OctetString({ valueHex: buffer(digest) })),
    attribute('1.2.840.113549.1.9.16.2.47', certificateId),
  ];
  const der = (item: pkijs.Attribute) => Buffer.from(item.toSchema().toBER());
  return attributes.sort((a, b) => Buffer.compare(der(a), der(b)));
}

async function buildCms(digest: Uint8Array, key: DocumentKey): Promise<Buffer> {
  const chain = key.chain.map((der) => pkijs.Certificate.fromBER(buffer(der)));
  const [signer] = chain;
  const [signerDer] = key.chain;
  if (!signer || !signerDer) throw new Error('document key without a certificate');
  const attributes = signedAttributes(digest, signerDer);
  const set = new asn1js.Set({ value: attributes.map((item) => item.toSchema()) });
  const signature = await key.sign(new Uint8Array(set.toBER()));
  const information = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: signer.issuer, serialNumber: signer.serialNumber }),
    digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA256 }),
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: new pkijs.AlgorithmIdentifier({
      algorithmId: '1.2.840.113549.1.1.11',
      algorithmParams: new asn1js.Null(),
    }),
    signature: new asn1js.OctetString({ valueHex: buffer(signature) }),
  });
  const signed = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: '1.2.840.113549.1.7.1' }),
    digestAlgorithms: [new pkijs.AlgorithmIdentifier({ algorithmId: SHA256 })],
    certificates: chain,
    signerInfos: [information],
  });
  return Buffer.from(
    new pkijs.ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: signed.toSchema(true) })
      .toSchema()
      .toBER(),
  );
}

/** The last ByteRange of a PDF; throws when there is none. */
export function byteRangeOf(pdf: Uint8Array): [number, number, number, number] {
  const text = Buffer.from(pdf).toString('latin1');
  const match = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].at(-1);
  if (!match) throw new Error('no signature in document');
  return match.slice(1).map(Number) as [number, number, number, number];
}

function covered(pdf: Uint8Array): Uint8Array {
  const [a, b, c, d] = byteRangeOf(pdf);
  return new Uint8Array(Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]));
}

/** PAdES B-B over `typeset`; the visible date in /M is `signedAt`. */
export async function signDocument(
  typeset: Uint8Array,
  key: DocumentKey,
  signedAt: string,
): Promise<Uint8Array> {
  const document = await PDF.load(typeset);
  const preferences = new PdfDict();
  preferences.set('DisplayDocTitle', PdfBool.TRUE);
  document.getCatalog().set('ViewerPreferences', preferences);
  const prepared = await PDF.load(await document.save());
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
    estimatedSize: 16384,
    signingTime: new Date(signedAt),
  });
  const out = Buffer.from(bytes);
  const [, length, after] = byteRangeOf(out);
  const cms = (await buildCms(sha256(covered(out)), key)).toString('hex');
  if (cms.length > after - length - 2) throw new Error('signature larger than its place');
  out.write(cms.padEnd(after - length - 2, '0'), length + 1, 'latin1');
  return new Uint8Array(out);
}

/** Whether the last signature covers the whole file, and holds under the signer's certificate in it. */
export async function signatureHolds(pdf: Uint8Array, key: DocumentKey): Promise<boolean> {
  const [start, length, after, rest] = byteRangeOf(pdf);
  if (start !== 0 || after + rest !== pdf.length) return false;
  const hex = Buffer.from(pdf.subarray(length + 1, after - 1)).toString('latin1');
  const content = pkijs.ContentInfo.fromBER(buffer(Buffer.from(hex, 'hex')));
  const signed = new pkijs.SignedData({ schema: content.content });
  const first = signed.certificates?.[0];
  const own = key.chain[0];
  if (!(first instanceof pkijs.Certificate) || !own) return false;
  if (Buffer.compare(Buffer.from(first.toSchema().toBER()), own) !== 0) return false;
  return signed.verify({ signer: 0, data: buffer(covered(pdf)) }).catch(() => false);
}
