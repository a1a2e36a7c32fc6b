import {
  constants,
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  sign,
} from 'node:crypto';
import type { PlannedAttribute } from '#dev/identity-provider/response-plan.ts';
import { assertionXml } from '#dev/identity-provider/response-xml.ts';
import { NS } from '#dev/identity-provider/xml.ts';
import { certificateBody, escapeXml } from '#platform/xml/escape.ts';
import type { Campus } from '#test/support/saml-campus.ts';
import { rightPlan } from '#test/support/saml-campus.ts';

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const CANONICAL = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const TAG_BYTES = 16;

const certificateXml = (certificatePem: string): string =>
  `<ds:X509Data><ds:X509Certificate>${certificateBody(certificatePem)}</ds:X509Certificate></ds:X509Data>`;

const algorithm = (element: string, uri: string, inner = ''): string =>
  `<${element} Algorithm="${uri}">${inner}</${element}>`;

/** The response to a request, as a browser carries it. */
export type CampusAnswer = (requestId: string, attributes: readonly PlannedAttribute[]) => string;

/** An assertion encrypted to the service (XML Encryption 1.1 §5.2.4 AES-128-GCM, §5.5.2 RSA-OAEP with SHA-1). */
const createEncryption = (certificatePem: string): ((xml: string) => string) => {
  const key = createPublicKey(certificatePem);
  const digest = algorithm('ds:DigestMethod', `${NS.signature}sha1`);
  const methodXml = algorithm('xenc:EncryptionMethod', 'http://www.w3.org/2009/xmlenc11#aes128-gcm');
  const keyMethodXml = algorithm('xenc:EncryptionMethod', `${XENC}rsa-oaep-mgf1p`, digest);
  const cipherXml = (bytes: Buffer): string =>
    `<xenc:CipherData><xenc:CipherValue>${bytes.toString('base64')}</xenc:CipherValue></xenc:CipherData>`;
  const receiverXml = `<ds:KeyInfo>${certificateXml(certificatePem)}</ds:KeyInfo>`;
  return (xml) => {
    const contentKey = randomBytes(16);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-128-gcm', contentKey, nonce, { authTagLength: TAG_BYTES });
    const content = Buffer.concat([nonce, cipher.update(xml), cipher.final(), cipher.getAuthTag()]);
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const wrapped = publicEncrypt({ key, padding, oaepHash: 'sha1' }, contentKey);
    return (
      `<saml:EncryptedAssertion xmlns:saml="${NS.assertion}"><xenc:EncryptedData xmlns:xenc="${XENC}" Type="${XENC}Element">` +
      `${methodXml}<ds:KeyInfo xmlns:ds="${NS.signature}"><xenc:EncryptedKey>${keyMethodXml}${receiverXml}` +
      `${cipherXml(wrapped)}</xenc:EncryptedKey></ds:KeyInfo>${cipherXml(content)}</xenc:EncryptedData></saml:EncryptedAssertion>`
    );
  };
};

/**
 * Answers the service's requests with right responses as the development provider writes them, signed and encrypted. They
 * are written in their canonical form (Exclusive XML Canonicalization 1.0) from the beginning, so that nobody need read
 * them to sign them: that would take three times as long as signing.
 */
export const createCampusAnswer = (
  campus: Campus,
  service: { readonly baseUrl: string; readonly encryptionCertificate: string },
): CampusAnswer => {
  const key = createPrivateKey(campus.keys.privateKeyPem);
  const encrypt = createEncryption(service.encryptionCertificate);
  const keyXml = `<ds:KeyInfo>${certificateXml(campus.keys.certificatePem)}</ds:KeyInfo>`;
  const methodsXml =
    algorithm('ds:CanonicalizationMethod', CANONICAL) +
    algorithm('ds:SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
  const transformsXml =
    algorithm('ds:Transform', `${NS.signature}enveloped-signature`) + algorithm('ds:Transform', CANONICAL);
  const digestXml = algorithm('ds:DigestMethod', `${XENC}sha256`);

  const signatureXml = (id: string, signed: string): string => {
    const digest = createHash('sha256').update(signed).digest('base64');
    const inner =
      `${methodsXml}<ds:Reference URI="#${id}"><ds:Transforms>${transformsXml}</ds:Transforms>` +
      `${digestXml}<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
    // By itself this element declares its prefix; inside the signature its parent does.
    const info = `<ds:SignedInfo xmlns:ds="${NS.signature}">${inner}`;
    const value = sign('sha256', Buffer.from(info), key).toString('base64');
    return (
      `<ds:Signature xmlns:ds="${NS.signature}"><ds:SignedInfo>${inner}` +
      `<ds:SignatureValue>${value}</ds:SignatureValue>${keyXml}</ds:Signature>`
    );
  };

  return (requestId, attributes) => {
    const plan = rightPlan(campus, service, requestId, attributes);
    const issuedAt = new Date(plan.issuedAt).toISOString();
    const head =
      `<samlp:Response xmlns:samlp="${NS.protocol}" Destination="${escapeXml(service.baseUrl)}/saml/acs" ID="${plan.responseId}"` +
      ` InResponseTo="${escapeXml(requestId)}" IssueInstant="${issuedAt}" Version="${plan.version}">` +
      `<saml:Issuer xmlns:saml="${NS.assertion}">${escapeXml(plan.responseIssuer)}</saml:Issuer>`;
    const rest =
      '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:Status>' +
      `${encrypt(assertionXml(plan))}</samlp:Response>`;
    const signature = signatureXml(plan.responseId, head + rest);
    return Buffer.from(`${head}${signature}${rest}`).toString('base64');
  };
};
