import { certificateBody, escapeXml } from '#platform/xml/escape.ts';

export type ProviderMetadata = {
  readonly entityId: string;
  readonly signOnUrl: string;
  readonly certificatePem: string;
  readonly scopes: readonly string[];
  readonly universityNameJa: string;
};

/** Shaped like a Shibboleth campus provider's: scopes, display name, transient NameID, no logout endpoint. */
export const providerMetadata = (input: ProviderMetadata): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<!-- The development identity provider. Its key is made at the first start and trusted by nobody else. -->\n',
    '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"',
    ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:shibmd="urn:mace:shibboleth:metadata:1.0"',
    ` xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" entityID="${escapeXml(input.entityId)}">`,
    '<md:IDPSSODescriptor WantAuthnRequestsSigned="true"',
    ' protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:Extensions>',
    ...input.scopes.map((scope) => `<shibmd:Scope regexp="false">${escapeXml(scope)}</shibmd:Scope>`),
    `<mdui:UIInfo><mdui:DisplayName xml:lang="ja">${escapeXml(input.universityNameJa)}</mdui:DisplayName>`,
    '</mdui:UIInfo></md:Extensions>',
    '<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>',
    certificateBody(input.certificatePem),
    '</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>',
    '<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>',
    '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"',
    ` Location="${escapeXml(input.signOnUrl)}"/></md:IDPSSODescriptor></md:EntityDescriptor>\n`,
  ].join('');
