import { SignedXml } from 'xml-crypto';
import { providerMetadata } from '#dev/identity-provider/metadata.ts';
import type { KeyAndCertificate } from '#platform/crypto/self-signed.ts';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

export type FederationPlan = {
  /** EntityDescriptors to stand among the many. */
  readonly members: readonly string[];
  /** How many others: providers and services that nobody here uses. */
  readonly others: number;
  readonly validUntil: string | null;
  readonly keys: KeyAndCertificate;
  /** A certificate for the others; they are all the same one. */
  readonly certificatePem: string;
};

/** A member's EntityDescriptor, as the development provider describes itself. */
export const memberOf = (entityId: string, certificatePem: string, signOnUrl = `${entityId}/sso`): string =>
  providerMetadata({
    entityId,
    signOnUrl,
    certificatePem,
    scopes: ['akatsuki.example'],
    universityNameJa: '暁月大学',
  }).replace(/<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*/g, '');

const service = (index: number): string =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp${index}.example/sp"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp${index}.example/acs" index="0"/></md:SPSSODescriptor></md:EntityDescriptor>`;

/** A federation's aggregate without its signature. */
export const writeFederation = (plan: FederationPlan): string => {
  const others = Array.from({ length: plan.others }, (_, index) =>
    index % 2 === 0 ? memberOf(`https://idp${index}.example/idp`, plan.certificatePem) : service(index),
  );
  const until = plan.validUntil === null ? '' : ` validUntil="${plan.validUntil}"`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?><!-- A federation for tests --><md:EntitiesDescriptor' +
    ` xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_federation" Name="https://federation.example"${until}>` +
    `<md:Extensions/>${others.slice(0, 300).join('\n')}${plan.members.join('\n')}${others.slice(300).join('\n')}` +
    '</md:EntitiesDescriptor>'
  );
};

/** The same, signed by the federation. */
export const signFederation = (plan: FederationPlan): string => {
  const signer = new SignedXml({
    privateKey: plan.keys.privateKeyPem,
    publicCert: plan.keys.certificatePem,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: EXCLUSIVE,
  });
  const xpath = "/*[local-name(.)='EntitiesDescriptor']";
  signer.addReference({
    xpath,
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', EXCLUSIVE],
  });
  signer.computeSignature(writeFederation(plan), {
    prefix: 'ds',
    location: { reference: xpath, action: 'prepend' },
  });
  return signer.getSignedXml();
};
