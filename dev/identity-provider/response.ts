import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { SignedXml } from 'xml-crypto';
import type { EncryptionAlgorithm } from 'xml-encryption';
import { encrypt } from 'xml-encryption';
import type { KeyAndCertificate } from '#platform/crypto/self-signed.ts';
import type { PlannedAttribute, ResponsePlan } from './response-plan.ts';
import { assertionXml, responseXml } from './response-xml.ts';

export type PlanFacts = {
  readonly issuer: string;
  readonly acsUrl: string;
  readonly audience: string;
  readonly inResponseTo: string;
  readonly now: number;
  readonly authnInstant: number;
  readonly authnContext: string;
  readonly attributes: readonly PlannedAttribute[];
  readonly keys: KeyAndCertificate;
  readonly encryptionCertificate: string;
};

const FIVE_MINUTES = 300_000;
const newId = (): string => `_${randomBytes(16).toString('hex')}`;
const same = (xml: string): string => xml;

/** A right response, shaped like a Shibboleth campus provider's: signed response, encrypted assertion. */
export const planResponse = (facts: PlanFacts): ResponsePlan => ({
  responseId: newId(),
  assertionId: newId(),
  version: '2.0',
  responseIssuer: facts.issuer,
  assertionIssuer: facts.issuer,
  destination: facts.acsUrl,
  inResponseTo: facts.inResponseTo,
  confirmationInResponseTo: facts.inResponseTo,
  confirmationMethod: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
  confirmations: 1,
  recipient: facts.acsUrl,
  audience: facts.audience,
  issuedAt: facts.now,
  notBefore: facts.now,
  notOnOrAfter: facts.now + FIVE_MINUTES,
  confirmationNotOnOrAfter: facts.now + FIVE_MINUTES,
  authnInstant: facts.authnInstant,
  authnContext: facts.authnContext,
  sessionIndex: newId(),
  nameId: newId(),
  attributes: facts.attributes,
  status: null,
  withAssertion: true,
  signResponse: true,
  signAssertion: false,
  keys: facts.keys,
  signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  transforms: [
    'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
    'http://www.w3.org/2001/10/xml-exc-c14n#',
  ],
  encryption: 'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  encryptionCertificate: facts.encryptionCertificate,
  editAssertion: same,
  editSignedAssertion: same,
  editSignedResponse: same,
});

/** The plan carried out: the response as XML. */
export const writeResponse = async (plan: ResponsePlan): Promise<string> => {
  const assertion = plan.withAssertion ? await writeAssertion(plan) : '';
  const response = responseXml(plan, assertion);
  return plan.editSignedResponse(plan.signResponse ? signXml(response, 'Response', plan) : response);
};

const writeAssertion = async (plan: ResponsePlan): Promise<string> => {
  const bare = plan.editAssertion(assertionXml(plan));
  const signed = plan.editSignedAssertion(plan.signAssertion ? signXml(bare, 'Assertion', plan) : bare);
  if (plan.encryption === null) return signed;
  return `<saml:EncryptedAssertion>${await encryptXml(signed, plan, plan.encryption)}</saml:EncryptedAssertion>`;
};

const read = new WeakMap<KeyAndCertificate, KeyObject>();

/** Reading a key takes as long as signing with it. */
const privateKeyOf = (keys: KeyAndCertificate): KeyObject => {
  const key = read.get(keys) ?? createPrivateKey(keys.privateKeyPem);
  read.set(keys, key);
  return key;
};

/** An enveloped signature right after the Issuer, where SAML Core §5.4 wants it. */
const signXml = (xml: string, element: 'Response' | 'Assertion', plan: ResponsePlan): string => {
  const xpath = `/*[local-name(.)='${element}']`;
  const signer = new SignedXml({
    privateKey: privateKeyOf(plan.keys),
    publicCert: plan.keys.certificatePem,
    signatureAlgorithm: plan.signatureAlgorithm,
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  signer.addReference({ xpath, digestAlgorithm: plan.digestAlgorithm, transforms: [...plan.transforms] });
  signer.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signer.getSignedXml();
};

const encryptXml = (xml: string, plan: ResponsePlan, algorithm: EncryptionAlgorithm): Promise<string> =>
  promisify(encrypt)(xml, {
    rsa_pub: createPublicKey(plan.encryptionCertificate).export({ type: 'spki', format: 'pem' }) as string,
    pem: plan.encryptionCertificate,
    encryptionAlgorithm: algorithm,
    keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    disallowEncryptionWithInsecureAlgorithm: false,
    warnInsecureAlgorithm: false,
  }) as Promise<string>;
