import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { readCertificate } from '#domain/signed-pdf/certificate-path.ts';
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

/** The detached CMS of PAdES B-B over a document's digest, DER; the whole chain travels in it. */
export async function buildCms(digest: Uint8Array, key: DocumentKey): Promise<Buffer> {
  const chain = key.chain.map((der) => readCertificate(der).certificate);
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

/** A CMS with one signer, DER, with a token over its signature added as its only unsigned attribute. */
export function withTimestamp(cms: Uint8Array, token: Uint8Array): Uint8Array {
  const outer = asn1js.fromBER(buffer(cms)).result as asn1js.Sequence;
  const signedData = (outer.valueBlock.value[1] as asn1js.Constructed).valueBlock.value[0] as asn1js.Sequence;
  const signers = signedData.valueBlock.value.at(-1) as asn1js.Set;
  const [signer] = signers.valueBlock.value as asn1js.Sequence[];
  const attributes = new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 1 },
    value: [attribute('1.2.840.113549.1.9.16.2.14', asn1js.fromBER(buffer(token)).result).toSchema()],
  });
  signer?.valueBlock.value.push(attributes);
  return new Uint8Array(outer.toBER());
}
