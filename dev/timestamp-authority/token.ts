import { createHash, randomBytes } from 'node:crypto';
import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  ContentInfo,
  DigestAlgorithmIdentifiers,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
} from '@peculiar/asn1-cms';
import { AsnConvert, AsnObjectIdentifierConverter, OctetString } from '@peculiar/asn1-schema';
import { Accuracy, MessageImprint, TSTInfo } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier, Certificate } from '@peculiar/asn1-x509';
import type { Authority } from './authority.ts';

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const TIMESTAMP_INFO = '1.2.840.113549.1.9.16.1.4';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const RSA_SHA256 = '1.2.840.113549.1.1.11';
export const SHA256 = '2.16.840.1.101.3.4.2.1';

export type Stamp = {
  readonly imprint: Uint8Array;
  readonly policy: string;
  readonly time: Temporal.Instant;
  /** Big-endian; null when the request has none. */
  readonly nonce: ArrayBuffer | null;
  readonly withCertificates: boolean;
};

const own = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const digestAlgorithm = () => new AlgorithmIdentifier({ algorithm: SHA256 });

/** A DER value of fewer than 128 bytes. */
const short = (tag: number, content: Uint8Array): Uint8Array =>
  new Uint8Array([tag, content.length, ...content]);

const informationOf = ({ imprint, policy, time, nonce }: Stamp): Uint8Array => {
  const serialNumber = randomBytes(12);
  serialNumber[0] = ((serialNumber[0] ?? 0) & 0x3f) | 0x40; // positive, and never shorter
  const information = new TSTInfo({
    policy,
    messageImprint: new MessageImprint({
      hashAlgorithm: digestAlgorithm(),
      hashedMessage: new OctetString(own(imprint)),
    }),
    serialNumber: own(serialNumber),
    genTime: new Date(Math.floor(time.epochMilliseconds / 1000) * 1000),
    accuracy: new Accuracy({ seconds: 1 }),
  });
  if (nonce !== null) information.nonce = nonce;
  return new Uint8Array(AsnConvert.serialize(information));
};

const attributesOf = (information: Uint8Array, signer: Uint8Array): Attribute[] => {
  // SigningCertificateV2 with one ESSCertIDv2 and its default, SHA-256 (RFC 5035 §3).
  const identifier = [0x30, 0x30, 0x30].reduce((inner, tag) => short(tag, inner), short(4, sha256(signer)));
  const attribute = (attrType: string, value: Uint8Array) =>
    new Attribute({ attrType, attrValues: [own(value)] });
  const attributes = [
    attribute(CONTENT_TYPE, new Uint8Array(AsnObjectIdentifierConverter.toASN(TIMESTAMP_INFO).toBER())),
    attribute(MESSAGE_DIGEST, short(4, sha256(information))),
    attribute(SIGNING_CERTIFICATE_V2, identifier),
  ];
  const der = (item: Attribute) => Buffer.from(AsnConvert.serialize(item));
  return attributes.sort((a, b) => Buffer.compare(der(a), der(b))); // DER: a SET OF is ordered (X.690 §11.6)
};

/** A set of signed attributes as it is signed: with the tag of SET (RFC 5652 §5.4). */
const toBeSigned = (attributes: readonly Attribute[]): Uint8Array => {
  const body = Buffer.concat(attributes.map((item) => Buffer.from(AsnConvert.serialize(item))));
  return body.length < 128
    ? Buffer.concat([Buffer.from([0x31, body.length]), body])
    : Buffer.concat([Buffer.from([0x31, 0x81, body.length]), body]);
};

/** A timestamp token, DER throughout: an EncapsulatedContent in BER is refused by strict verifiers. */
export const createToken = async (authority: Authority, stamp: Stamp): Promise<ContentInfo> => {
  const [signer, root] = authority.certificates;
  const certificate = AsnConvert.parse(signer, Certificate);
  const information = informationOf(stamp);
  const signedAttrs = attributesOf(information, signer);
  const signed = new SignedData({
    version: 3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([digestAlgorithm()]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: TIMESTAMP_INFO,
      eContent: new EncapsulatedContent({ single: new OctetString(own(information)) }),
    }),
    signerInfos: new SignerInfos([
      new SignerInfo({
        version: 1,
        sid: new SignerIdentifier({
          issuerAndSerialNumber: new IssuerAndSerialNumber({
            issuer: certificate.tbsCertificate.issuer,
            serialNumber: certificate.tbsCertificate.serialNumber,
          }),
        }),
        digestAlgorithm: digestAlgorithm(),
        signedAttrs,
        signatureAlgorithm: new AlgorithmIdentifier({ algorithm: RSA_SHA256, parameters: null }),
        signature: new OctetString(own(await authority.sign(toBeSigned(signedAttrs)))),
      }),
    ]),
  });
  if (stamp.withCertificates) {
    signed.certificates = new CertificateSet(
      [signer, root].map(
        (der) => new CertificateChoices({ certificate: AsnConvert.parse(der, Certificate) }),
      ),
    );
  }
  return new ContentInfo({ contentType: SIGNED_DATA, content: AsnConvert.serialize(signed) });
};
