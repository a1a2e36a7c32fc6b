import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { readCertificate } from '#domain/signed-pdf/certificate-path.ts';
import { der, hex, sequence, setOf } from '#platform/crypto/der.ts';
import type { DocumentKey } from '#platform/keys/key-holder.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const buffer = (bytes: Uint8Array) => new Uint8Array(bytes).buffer;
const attribute = (type: string, value: asn1js.BaseBlock) => new pkijs.Attribute({ type, values: [value] });

const VERSION_1 = hex('020101');
const DATA = hex('06092a864886f70d010701');
const SIGNED_DATA = hex('06092a864886f70d010702');
const CONTENT_TYPE = hex('06092a864886f70d010903');
const MESSAGE_DIGEST = hex('06092a864886f70d010904');
const SIGNING_CERTIFICATE_V2 = hex('060b2a864886f70d010910022f');
const SHA256 = sequence(hex('0609608648016503040201'));
const SHA256_WITH_RSA = sequence(hex('06092a864886f70d01010b'), hex('0500')); // RFC 4055 §5
const octets = (bytes: Uint8Array) => der(0x04, bytes);

/** Signed attributes of PAdES baseline (EN 319 142-1 § 6.3): no signing-time. */
const signedAttributes = (digest: Uint8Array, signer: Uint8Array): Buffer =>
  setOf(
    sequence(CONTENT_TYPE, setOf(DATA)),
    sequence(MESSAGE_DIGEST, setOf(octets(digest))),
    sequence(SIGNING_CERTIFICATE_V2, setOf(sequence(sequence(sequence(octets(sha256(signer))))))),
  );

/**
 * The detached CMS of PAdES B-B over a document's digest, DER (RFC 5652 §5.1); the whole chain travels in it, each
 * certificate as it came.
 */
export async function buildCms(digest: Uint8Array, key: DocumentKey): Promise<Buffer> {
  const [signer] = key.chain;
  if (!signer) throw new Error('document key without a certificate');
  const { issuer, serialNumber } = readCertificate(signer).certificate;
  const attributes = signedAttributes(digest, signer);
  const signature = await key.sign(new Uint8Array(attributes));
  // They are signed as a SET OF and written as [0] (RFC 5652 §5.4).
  const written = Buffer.from(attributes).fill(0xa0, 0, 1);
  const information = sequence(
    VERSION_1,
    sequence(new Uint8Array(issuer.valueBeforeDecode), new Uint8Array(serialNumber.toBER())),
    SHA256,
    written,
    SHA256_WITH_RSA,
    octets(signature),
  );
  const signed = sequence(
    VERSION_1,
    setOf(SHA256),
    sequence(DATA),
    der(0xa0, ...key.chain),
    setOf(information),
  );
  return sequence(SIGNED_DATA, der(0xa0, signed));
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
