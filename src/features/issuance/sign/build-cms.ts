import { createHash } from 'node:crypto';
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

/** The detached CMS of PAdES B-B over a document's digest, DER; the whole chain travels in it. */
export async function buildCms(digest: Uint8Array, key: DocumentKey): Promise<Buffer> {
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
