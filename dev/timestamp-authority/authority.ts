import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { keptBytes } from '#platform/keys/kept-bytes.ts';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 3072,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const CRL_NUMBER = '2.5.29.20';
const DAY = 86_400_000;
const YEAR = 365 * DAY;

/** A timestamp authority's certificates and keys: a root, and a signer that may do nothing but stamp. */
export type Authority = {
  /** DER; the signer first. */
  readonly certificates: readonly [signer: Uint8Array, root: Uint8Array];
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** A revocation list of the root, DER, good for a week from `now`. */
  readonly revocationList: (now: Temporal.Instant) => Promise<Uint8Array>;
};

type Pair = { privateKey: CryptoKey; publicKey: CryptoKey };

const newPair = async (): Promise<Uint8Array> => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64');
  return new TextEncoder().encode(JSON.stringify({ pkcs8, spki }));
};

const openPair = async (folder: string, name: string): Promise<Pair> => {
  const kept = JSON.parse(new TextDecoder().decode(await keptBytes(folder, name, newPair)));
  const bytes = (text: unknown) => new Uint8Array(Buffer.from(String(text), 'base64'));
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', bytes(kept.pkcs8), RSA, false, ['sign']),
    publicKey: await crypto.subtle.importKey('spki', bytes(kept.spki), RSA, true, ['verify']),
  };
};

type Signer = {
  root: x509.X509Certificate;
  rootPair: Pair;
  pair: Pair;
  crlUrl: string;
  from: number;
  until: number;
};

const certifySigner = async ({ root, rootPair, pair, crlUrl, from, until }: Signer): Promise<Uint8Array> => {
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: Buffer.from(crypto.getRandomValues(new Uint8Array(8)))
      .toString('hex')
      .replace(/^./, '1'),
    subject: [{ O: ['Akashi development'] }, { CN: ['Development timestamp authority'] }],
    issuer: root.subject,
    notBefore: new Date(from),
    notAfter: new Date(until),
    publicKey: pair.publicKey,
    signingKey: rootPair.privateKey,
    signingAlgorithm: RSA,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([TIME_STAMPING], true), // critical and alone: RFC 3161 §2.3
      new x509.CRLDistributionPointsExtension([crlUrl]),
      await x509.SubjectKeyIdentifierExtension.create(pair.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(rootPair.publicKey),
    ],
  });
  return new Uint8Array(certificate.rawData);
};

const certifyRoot = async (pair: Pair, from: number): Promise<Uint8Array> => {
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: [{ O: ['Akashi development'] }, { CN: ['Development timestamp root'] }],
    notBefore: new Date(from),
    notAfter: new Date(from + 30 * YEAR),
    keys: pair,
    signingAlgorithm: RSA,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(pair.publicKey),
    ],
  });
  return new Uint8Array(root.rawData);
};

/**
 * Opens the authority of `folder`, making its keys and root at first. The signer's certificate names `crlUrl` and is
 * made anew at each start, for the address may be another one then; `years` from `now` it expires.
 */
export const openAuthority = async (
  folder: string,
  { now, crlUrl, years = 10 }: { now: Temporal.Instant; crlUrl: string; years?: number },
): Promise<Authority> => {
  x509.cryptoProvider.set(crypto);
  const from = now.epochMilliseconds - DAY;
  const rootPair = await openPair(folder, 'root.key.json');
  const pair = await openPair(folder, 'signer.key.json');
  const rootBytes = await keptBytes(folder, 'root.der', () => certifyRoot(rootPair, from));
  const root = new x509.X509Certificate(new Uint8Array(rootBytes));
  const signer = await certifySigner({ root, rootPair, pair, crlUrl, from, until: from + years * YEAR });
  return {
    certificates: [signer, rootBytes],
    sign: async (bytes) =>
      new Uint8Array(await crypto.subtle.sign(RSA.name, pair.privateKey, new Uint8Array(bytes))),
    revocationList: async (at) => {
      const list = await x509.X509CrlGenerator.create({
        issuer: root.subject,
        thisUpdate: new Date(at.epochMilliseconds),
        nextUpdate: new Date(at.epochMilliseconds + 7 * DAY),
        signingKey: rootPair.privateKey,
        signingAlgorithm: RSA,
        extensions: [
          new x509.Extension(CRL_NUMBER, false, crlNumber(at)),
          await x509.AuthorityKeyIdentifierExtension.create(rootPair.publicKey),
        ],
      });
      return new Uint8Array(list.rawData);
    },
  };
};

/** RFC 5280 §5.2.3: an INTEGER that grows, as the milliseconds of the list's own instant do. */
const crlNumber = (at: Temporal.Instant): Uint8Array<ArrayBuffer> => {
  const digits = Buffer.alloc(6);
  digits.writeUIntBE(at.epochMilliseconds, 0, 6);
  return new Uint8Array([2, 6, ...digits]);
};
