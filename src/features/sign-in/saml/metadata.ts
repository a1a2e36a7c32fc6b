import type { Bilingual } from '#domain/bilingual.ts';
import { certificateBody, escapeXml } from '#platform/xml/escape.ts';
import type { ServiceProviderKeys } from './service-provider-keys.ts';

export type ServiceProviderMetadata = {
  readonly entityId: string;
  readonly acsUrl: string;
  /** Where a discovery service may send people back to. */
  readonly discoveryUrl: string;
  readonly keys: ServiceProviderKeys;
  readonly displayName: Bilingual;
  readonly description: Bilingual;
  readonly organizationName: Bilingual;
  readonly organizationUrl: string;
  readonly contacts: readonly {
    readonly kind: 'technical' | 'support' | 'administrative';
    readonly name: string;
    readonly mail: string;
  }[];
};

/** What we ask the campus to release, as GakuNin names it; only the first is indispensable. */
const REQUESTED = [
  { oid: '1.3.6.1.4.1.5923.1.1.1.6', name: 'eduPersonPrincipalName', required: true },
  { oid: '1.3.6.1.4.1.32264.1.1.6', name: 'gakuninScopedPersonalUniqueCode', required: false },
  { oid: '1.3.6.1.4.1.5923.1.1.1.10', name: 'eduPersonTargetedID', required: false },
  { oid: '1.3.6.1.4.1.5923.1.1.1.9', name: 'eduPersonScopedAffiliation', required: false },
  { oid: '1.3.6.1.4.1.32264.1.1.3', name: 'jaDisplayName', required: false },
  { oid: '2.16.840.1.113730.3.1.241', name: 'displayName', required: false },
];

const ENCRYPTION_METHODS = [
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
];

/** The service provider's metadata (SAML Metadata §2.4.4), for the campus or the federation to register. */
export const serviceProviderMetadata = (input: ServiceProviderMetadata): string => {
  const { keys } = input;
  const signingKeys = [keys.signing, ...(keys.next === null ? [] : [keys.next.signing])];
  const encryptionKeys = [
    keys.encryption,
    ...(keys.next === null ? [] : [keys.next.encryption]),
    ...(keys.previousEncryption === null ? [] : [keys.previousEncryption]),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"',
    ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui"',
    ` entityID="${escapeXml(input.entityId)}">`,
    '<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="false"',
    ' protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    '<md:Extensions><mdui:UIInfo>',
    both('mdui:DisplayName', input.displayName),
    both('mdui:Description', input.description),
    '</mdui:UIInfo>',
    '<idpdisc:DiscoveryResponse xmlns:idpdisc="urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol"',
    ' Binding="urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol"',
    ` Location="${escapeXml(input.discoveryUrl)}" index="1"/></md:Extensions>`,
    ...signingKeys.map((pair) => keyDescriptor('signing', pair.certificatePem)),
    ...encryptionKeys.map((pair) => keyDescriptor('encryption', pair.certificatePem)),
    '<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>',
    '<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"',
    ` Location="${escapeXml(input.acsUrl)}" index="0" isDefault="true"/>`,
    consumingService(input),
    '</md:SPSSODescriptor>',
    organization(input),
    ...input.contacts.map(contactPerson),
    '</md:EntityDescriptor>\n',
  ].join('');
};

const both = (element: string, text: Bilingual): string =>
  (['ja', 'en'] as const)
    .map((language) => `<${element} xml:lang="${language}">${escapeXml(text[language])}</${element}>`)
    .join('');

const keyDescriptor = (use: 'signing' | 'encryption', certificatePem: string): string => {
  const methods = use === 'signing' ? [] : ENCRYPTION_METHODS;
  const certificate = `<ds:X509Certificate>${certificateBody(certificatePem)}</ds:X509Certificate>`;
  return (
    `<md:KeyDescriptor use="${use}"><ds:KeyInfo><ds:X509Data>${certificate}</ds:X509Data></ds:KeyInfo>` +
    methods.map((algorithm) => `<md:EncryptionMethod Algorithm="${algorithm}"/>`).join('') +
    '</md:KeyDescriptor>'
  );
};

const consumingService = (input: ServiceProviderMetadata): string => {
  const attributes = REQUESTED.map(
    ({ oid, name, required }) =>
      `<md:RequestedAttribute FriendlyName="${name}" Name="urn:oid:${oid}" isRequired="${required}"` +
      ' NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"/>',
  );
  const names = both('md:ServiceName', input.displayName);
  return `<md:AttributeConsumingService index="0">${names}${attributes.join('')}</md:AttributeConsumingService>`;
};

const organization = (input: ServiceProviderMetadata): string => {
  const url = { ja: input.organizationUrl, en: input.organizationUrl };
  const name = input.organizationName;
  return (
    `<md:Organization>${both('md:OrganizationName', name)}${both('md:OrganizationDisplayName', name)}` +
    `${both('md:OrganizationURL', url)}</md:Organization>`
  );
};

const contactPerson = (contact: ServiceProviderMetadata['contacts'][number]): string =>
  `<md:ContactPerson contactType="${contact.kind}"><md:GivenName>${escapeXml(contact.name)}</md:GivenName>` +
  `<md:EmailAddress>mailto:${escapeXml(contact.mail)}</md:EmailAddress></md:ContactPerson>`;
