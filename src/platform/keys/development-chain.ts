import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 3072,
  publicExponent: new Uint8Array([1, 0, 1]),
};
/** RFC 9336 documentSigning; emailProtection beside it, without which poppler calls the signer untrusted. */
const SIGNER_PURPOSES = ['1.3.6.1.5.5.7.3.36', '1.3.6.1.5.5.7.3.4'];
const YEARS_IN_MILLISECONDS = 365 * 86_400_000;

/** A certificate, DER, and the private key that issues under it, PKCS#8. */
export type DevelopmentAuthority = { certificate: Uint8Array; privateKey: Uint8Array };

/** For whom a chain is made: `university` is its organisation, `now` its beginning. */
type SignerRequest = {
  readonly publicKeySpki: Uint8Array;
  readonly now: Temporal.Instant;
  readonly university: string;
};

/**
 * Root, intermediate and signer for `publicKeySpki`; DER, signer first. The authorities' keys come along, so that a
 * development chain can publish revocation lists as a real one does.
 */
export async function makeDevelopmentChain(
  request: SignerRequest,
): Promise<{ chain: Uint8Array[]; authorities: DevelopmentAuthority[] }> {
  x509.cryptoProvider.set(crypto);
  const start = request.now.epochMilliseconds - 86_400_000;
  const name = (common: string) => [{ O: [request.university] }, { CN: [common] }];
  const validity = (years: number) => ({
    notBefore: new Date(start),
    notAfter: new Date(start + years * YEARS_IN_MILLISECONDS),
    signingAlgorithm: RSA,
  });
  const authority = [new x509.BasicConstraintsExtension(true, undefined, true)];
  const usage = new x509.KeyUsagesExtension(
    x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
    true,
  );
  const rootKeys = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const middleKeys = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(30),
    serialNumber: '01',
    name: name('Development root'),
    keys: rootKeys,
    extensions: [...authority, usage, await identifier(rootKeys.publicKey)],
  });
  const middle = await x509.X509CertificateGenerator.create({
    ...validity(20),
    serialNumber: '02',
    subject: name('Development intermediate'),
    issuer: root.subject,
    publicKey: middleKeys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: [
      ...authority,
      usage,
      await identifier(middleKeys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  });
  const pkcs8 = async (key: CryptoKey) => new Uint8Array(await crypto.subtle.exportKey('pkcs8', key));
  const authorities = [
    { certificate: der(middle), privateKey: await pkcs8(middleKeys.privateKey) },
    { certificate: der(root), privateKey: await pkcs8(rootKeys.privateKey) },
  ];
  return {
    chain: await issueDevelopmentSigner(authorities, { ...request, serialNumber: '03' }),
    authorities,
  };
}

/**
 * A chain for another document key under authorities made before, DER, signer first. `serialNumber` in hexadecimal, unlike
 * every other that they issued.
 */
export const issueDevelopmentSigner = async (
  authorities: readonly DevelopmentAuthority[],
  request: SignerRequest & { serialNumber: string },
): Promise<Uint8Array[]> => {
  x509.cryptoProvider.set(crypto);
  const [issuer] = authorities;
  if (issuer === undefined) throw new Error('no development authority');
  const middle = new x509.X509Certificate(new Uint8Array(issuer.certificate));
  const start = request.now.epochMilliseconds - 86_400_000;
  const publicKey = await crypto.subtle.importKey('spki', new Uint8Array(request.publicKeySpki), RSA, true, [
    'verify',
  ]);
  const signer = await x509.X509CertificateGenerator.create({
    serialNumber: request.serialNumber,
    notBefore: new Date(start),
    notAfter: new Date(start + 10 * YEARS_IN_MILLISECONDS),
    signingAlgorithm: RSA,
    subject: [{ O: [request.university] }, { CN: ['Development document signer'] }],
    issuer: middle.subject,
    publicKey,
    signingKey: await crypto.subtle.importKey('pkcs8', new Uint8Array(issuer.privateKey), RSA, false, [
      'sign',
    ]),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation,
        true,
      ),
      new x509.ExtendedKeyUsageExtension(SIGNER_PURPOSES),
      await identifier(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(await middle.publicKey.export()),
    ],
  });
  return [der(signer), ...authorities.map(({ certificate }) => new Uint8Array(certificate))];
};

const der = (certificate: x509.X509Certificate) => new Uint8Array(certificate.rawData);

const identifier = (key: CryptoKey) => x509.SubjectKeyIdentifierExtension.create(key);
