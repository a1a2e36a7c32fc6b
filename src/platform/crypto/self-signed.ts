import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { der, hex, sequence, setOf } from './der.ts';

/** A private key (PKCS#8 PEM) and the certificate of its public half (X.509 PEM). */
export type KeyAndCertificate = { readonly privateKeyPem: string; readonly certificatePem: string };

const YEARS = 10; // SAML peers pin the key and look past the dates; a rollover is announced in metadata

const SHA256_WITH_RSA = sequence(hex('06092a864886f70d01010b'), hex('0500')); // RFC 4055 §5
const COMMON_NAME = hex('0603550403');
/** RFC 5280 §4.1.2.5: UTCTime until 2049, GeneralizedTime after. */
const time = (at: Temporal.Instant): Buffer => {
  const digits = at.toString({ smallestUnit: 'second' }).replace(/[-:T]/g, '');
  return Number(digits.slice(0, 4)) < 2050
    ? der(0x17, Buffer.from(digits.slice(2)))
    : der(0x18, Buffer.from(digits));
};

/**
 * Makes an RSA-3072 key and a self-signed X.509 v3 certificate (RFC 5280 §4.1) valid for ten years from `now`.
 * For SAML peers, who trust the certificate because metadata carries it; not for TLS.
 */
export const createSelfSigned = (commonName: string, now: Temporal.Instant): KeyAndCertificate => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const name = sequence(setOf(sequence(COMMON_NAME, der(0x0c, Buffer.from(commonName, 'utf8')))));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40; // positive, and never shorter
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    SHA256_WITH_RSA,
    name,
    sequence(time(now), time(now.add({ hours: 24 * 365 * YEARS }))),
    name,
    pair.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', toBeSigned, pair.privateKey);
  const whole = sequence(toBeSigned, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), signature));
  return {
    privateKeyPem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    certificatePem: pemOf(whole),
  };
};

const pemOf = (bytes: Buffer): string => {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
};
