import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { ownBytes } from '../bytes.ts';
import type { ReadCertificate } from './certificate-path.ts';
import { readCertificate } from './certificate-path.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const DATA = '1.2.840.113549.1.7.1';
const TIMESTAMP_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNATURE_TIMESTAMP = '1.2.840.113549.1.9.16.2.14';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const DIGESTS: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

export type SignedDataProblem = 'malformed' | 'digest' | 'signer-unknown' | 'signature';
/**
 * `content` is what the CMS carries inside, null where the signature is detached; `timestamp` is the token over
 * `signature` that it carries among its unsigned attributes (RFC 3161, appendix A), unchecked; null when it has none.
 */
export type OpenedSignedData = {
  readonly signer: ReadCertificate;
  readonly certificates: readonly ReadCertificate[];
  readonly content: Uint8Array | null;
  readonly signature: Uint8Array;
  readonly timestamp: Uint8Array | null;
};
export type SignedDataResult =
  | ({ readonly ok: true } & OpenedSignedData)
  | { readonly ok: false; readonly problem: SignedDataProblem };

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
const digestOf = async (algorithm: string, bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest(algorithm, ownBytes(bytes).buffer));

/** Where the first DER value of `bytes` has its content, and where it ends. */
const placeOf = (bytes: Uint8Array): { readonly content: number; readonly end: number } => {
  const [tag = 0, first = 0] = bytes;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  // X.690 §8.1: one byte of tag; a definite length, of which four bytes are more than any file here has.
  if ((tag & 0x1f) === 0x1f || first === 0x80 || lengthBytes > 4) throw new RangeError('not DER');
  const length =
    lengthBytes === 0 ? first : bytes.subarray(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  const content = 2 + lengthBytes;
  const end = content + length;
  if (bytes.length < 2 || end > bytes.length) throw new RangeError('not DER');
  return { content, end };
};

/** The bytes of the first DER value in `bytes`: /Contents is padded with zeros to the size of its place. */
export const firstValue = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, placeOf(bytes).end);

/** The values that a constructed DER value consists of, each as it came. */
const partsOf = (der: Uint8Array): Uint8Array[] => {
  const parts: Uint8Array[] = [];
  let rest = der.subarray(placeOf(der).content);
  while (rest.length > 0) {
    const part = firstValue(rest);
    parts.push(part);
    rest = rest.subarray(part.length);
  }
  return parts;
};

const SEQUENCE = 0x30;
const SET = 0x31;
/** [0] and [1], constructed: certificates and revocation lists of a SignedData, or what a ContentInfo holds. */
const [FIRST, SECOND] = [0xa0, 0xa1];

/** A DER value that must bear a tag. */
const tagged = (tag: number, value: Uint8Array | undefined): Uint8Array => {
  if (value?.[0] !== tag) throw new RangeError('not the value that stands here');
  return value;
};

/**
 * The parts of a SignedData that count (RFC 5652 §5.1), its certificates as they came: their own bytes say which they are,
 * and those that were read before need not be read again.
 */
const splitSignedData = (der: Uint8Array) => {
  const [type, held] = partsOf(tagged(SEQUENCE, firstValue(der)));
  const identifier = asn1js.fromBER(ownBytes(type ?? new Uint8Array()).buffer).result;
  if (!(identifier instanceof asn1js.ObjectIdentifier) || identifier.valueBlock.toString() !== SIGNED_DATA)
    throw new RangeError('not SignedData');
  const [data, ...after] = partsOf(tagged(FIRST, held));
  const [, , content, ...more] = partsOf(tagged(SEQUENCE, data));
  const signers = more.pop();
  const certificates = more[0]?.[0] === FIRST ? more.shift() : undefined;
  if (more[0]?.[0] === SECOND) more.shift();
  if (after.length + more.length > 0) throw new RangeError('not SignedData');
  return {
    content: pkijs.EncapsulatedContentInfo.fromBER(ownBytes(tagged(SEQUENCE, content)).buffer),
    signers: partsOf(tagged(SET, signers)).map((one) => pkijs.SignerInfo.fromBER(ownBytes(one).buffer)),
    certificates: (certificates === undefined ? [] : partsOf(certificates))
      .filter(([tag]) => tag === SEQUENCE)
      .map(readCertificate),
  };
};

/** Keys of certificates that were read, by what they check: PKI.js makes one ready by way of DER, ASN.1 and JWK. */
const readyKeys = new WeakMap<pkijs.PublicKeyInfo, Map<string, Promise<CryptoKey>>>();

/** The crypto of PKI.js, which makes each key ready once. */
const cryptoWithReadyKeys = (): pkijs.ICryptoEngine => {
  const plain = pkijs.getCrypto(true);
  const getPublicKey: pkijs.ICryptoEngine['getPublicKey'] = (information, algorithm, parameters) => {
    const ready = readyKeys.get(information) ?? new Map<string, Promise<CryptoKey>>();
    readyKeys.set(information, ready);
    const use = JSON.stringify([algorithm, parameters]);
    const key = ready.get(use) ?? plain.getPublicKey(information, algorithm, parameters);
    ready.set(use, key);
    return key;
  };
  return Object.assign(Object.create(plain), { getPublicKey });
};

const attributeOf = (signer: pkijs.SignerInfo, type: string): asn1js.BaseBlock | undefined => {
  const found = signer.signedAttrs?.attributes.filter((one) => one.type === type) ?? [];
  return found.length === 1 ? (found[0]?.values[0] as asn1js.BaseBlock) : undefined;
};

const timestampOf = (signer: pkijs.SignerInfo): Uint8Array | null => {
  const found = signer.unsignedAttrs?.attributes.filter((one) => one.type === SIGNATURE_TIMESTAMP) ?? [];
  const [value] = found[0]?.values ?? [];
  if (found.length > 1) throw new RangeError('more than one signature timestamp');
  return value === undefined ? null : new Uint8Array((value as asn1js.BaseBlock).valueBeforeDecodeView);
};

/** RFC 5035 §3: the hash of the signer's certificate is signed too, so that no other can take its place. */
const namesCertificate = async (signer: pkijs.SignerInfo, certificate: ReadCertificate): Promise<boolean> => {
  const second = attributeOf(signer, SIGNING_CERTIFICATE_V2);
  const value = second ?? attributeOf(signer, SIGNING_CERTIFICATE);
  if (value === undefined) return false;
  const [first] = ((value as asn1js.Sequence).valueBlock.value[0] as asn1js.Sequence).valueBlock.value;
  const parts = (first as asn1js.Sequence).valueBlock.value;
  const hash = parts.find((part) => part instanceof asn1js.OctetString);
  const named = parts.find(
    (part) => part instanceof asn1js.Sequence && part.valueBlock.value[0] instanceof asn1js.ObjectIdentifier,
  );
  const identifier = (named as asn1js.Sequence | undefined)?.valueBlock.value[0] as
    | asn1js.ObjectIdentifier
    | undefined;
  const algorithm =
    second === undefined
      ? 'SHA-1'
      : identifier === undefined
        ? 'SHA-256'
        : DIGESTS[identifier.valueBlock.toString()];
  if (!(hash instanceof asn1js.OctetString) || algorithm === undefined) return false;
  return same(hash.valueBlock.valueHexView, await digestOf(algorithm, certificate.der));
};

const signerOf = (
  information: pkijs.SignerInfo,
  certificates: readonly ReadCertificate[],
): ReadCertificate | undefined => {
  const { sid } = information;
  if (!(sid instanceof pkijs.IssuerAndSerialNumber)) return undefined;
  return certificates.find(
    ({ certificate }) =>
      certificate.issuer.isEqual(sid.issuer) && certificate.serialNumber.isEqual(sid.serialNumber),
  );
};

/**
 * Opens a CMS SignedData with exactly one signer (RFC 5652 §5) and checks content type, message digest, signing
 * certificate and signature. `detached` are the bytes signed, null where the content is inside. Whom the signer's
 * certificate belongs to is for `checkPath` to say.
 */
export const openSignedData = async (
  der: Uint8Array,
  detached: Uint8Array | null,
): Promise<SignedDataResult> => {
  const no = (problem: SignedDataProblem) => ({ ok: false as const, problem });
  try {
    const { content: encapsulated, signers, certificates } = splitSignedData(der);
    const [information, ...others] = signers;
    if (information === undefined || others.length > 0) return no('malformed');
    const inner = encapsulated.eContent;
    const content = inner === undefined ? null : new Uint8Array(inner.getValue());
    const signed = detached ?? content;
    if (signed === null || (detached !== null && content !== null)) return no('malformed');
    const signer = signerOf(information, certificates);
    if (signer === undefined) return no('signer-unknown');
    const digest = DIGESTS[information.digestAlgorithm.algorithmId];
    const type = attributeOf(information, CONTENT_TYPE);
    const message = attributeOf(information, MESSAGE_DIGEST);
    const expected = detached === null ? TIMESTAMP_INFO : DATA;
    if (digest === undefined || !(message instanceof asn1js.OctetString)) return no('malformed');
    if (!(type instanceof asn1js.ObjectIdentifier) || type.valueBlock.toString() !== expected)
      return no('malformed');
    if (encapsulated.eContentType !== expected) return no('malformed');
    if (!same(message.valueBlock.valueHexView, await digestOf(digest, signed))) return no('digest');
    if (!(await namesCertificate(information, signer))) return no('signature');
    const holds = await cryptoWithReadyKeys().verifyWithPublicKey(
      information.signedAttrs?.encodedValue ?? new ArrayBuffer(0),
      information.signature,
      signer.certificate.subjectPublicKeyInfo,
      information.signatureAlgorithm,
      digest,
    );
    const signature = information.signature.valueBlock.valueHexView;
    const timestamp = timestampOf(information);
    return holds ? { ok: true, signer, certificates, content, signature, timestamp } : no('signature');
  } catch {
    return no('malformed');
  }
};
