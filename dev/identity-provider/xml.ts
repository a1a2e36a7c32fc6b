import { DOMParser } from '@xmldom/xmldom';

export const NS = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
} as const;

/** The root element; throws an Error on anything that is not well-formed. */
export const parseXml = (text: string): Element => {
  const fail = (message: string): never => {
    throw new Error(message);
  };
  const parser = new DOMParser({ errorHandler: { warning: () => {}, error: fail, fatalError: fail } });
  const root = parser.parseFromString(text, 'text/xml')?.documentElement;
  return root ?? fail('no root element');
};

export const descendants = (element: Element, namespace: string, name: string): Element[] =>
  Array.from(element.getElementsByTagNameNS(namespace, name));

export const certificatePem = (base64: string): string =>
  `-----BEGIN CERTIFICATE-----\n${(base64.match(/[A-Za-z0-9+/=]+/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
