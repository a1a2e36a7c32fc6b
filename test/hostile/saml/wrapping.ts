import type { HostileCase } from './hostile-case.ts';

// The nine signature wrappings of Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be" (USENIX Security
// 2012), under the numbers that SAML Raider gave them: XSW1 and 2 wrap a signed response, the others an assertion.

const SIGNATURE = /<ds:Signature[\s\S]*?<\/ds:Signature>/;
const ASSERTION = /<saml:Assertion [\s\S]*<\/saml:Assertion>/;

const signatureOf = (xml: string): string => SIGNATURE.exec(xml)?.[0] ?? '';
const assertionOf = (xml: string): string => ASSERTION.exec(xml)?.[0] ?? '';
const bare = (xml: string): string => xml.replace(SIGNATURE, '');
const evil = (xml: string): string =>
  xml
    .replace(/ ID="[^"]*"/, ' ID="_evil"')
    .replaceAll('a0123456@', 'm0234567@')
    .replaceAll('1029310001', '6025410002');

/** Signs the assertion alone inside a bare response, or the response alone, as the wrapping needs it. */
const wrapping = (
  name: string,
  signed: 'response' | 'assertion',
  edit: (xml: string) => string,
): HostileCase => ({
  family: 'wrapping',
  name,
  change: () => ({
    encryption: null,
    signResponse: signed === 'response',
    signAssertion: signed === 'assertion',
    editSignedResponse: edit,
  }),
});

const insideResponse = (xml: string, inside: string): string =>
  xml.replace('</samlp:Response>', `${inside}</samlp:Response>`);

export const WRAPPINGS: readonly HostileCase[] = [
  wrapping('1-clone-of-the-response-in-the-signature', 'response', (xml) =>
    evil(xml).replace('</ds:Signature>', `${bare(xml)}</ds:Signature>`),
  ),
  wrapping('2-detached-signature-before-the-clone', 'response', (xml) =>
    evil(bare(xml)).replace('</saml:Issuer>', `</saml:Issuer>${signatureOf(xml)}${bare(xml)}`),
  ),
  wrapping('3-evil-assertion-before-the-signed-one', 'assertion', (xml) =>
    xml.replace(ASSERTION, (signed) => evil(bare(signed)) + signed),
  ),
  wrapping('4-signed-assertion-inside-the-evil-one', 'assertion', (xml) =>
    xml.replace(ASSERTION, (signed) =>
      evil(bare(signed)).replace('</saml:Assertion>', `${signed}</saml:Assertion>`),
    ),
  ),
  wrapping('5-evil-assertion-with-the-signature-original-at-the-end', 'assertion', (xml) =>
    insideResponse(xml.replace(ASSERTION, evil), bare(assertionOf(xml))),
  ),
  wrapping('6-original-inside-the-signature-of-the-evil-one', 'assertion', (xml) =>
    xml.replace(ASSERTION, (signed) =>
      evil(signed).replace('</ds:Signature>', `${bare(signed)}</ds:Signature>`),
    ),
  ),
  wrapping('7-evil-assertion-in-extensions', 'assertion', (xml) =>
    xml.replace(
      '<samlp:Status>',
      `<samlp:Extensions>${evil(bare(assertionOf(xml)))}</samlp:Extensions><samlp:Status>`,
    ),
  ),
  wrapping('8-original-in-an-object-of-the-evil-ones-signature', 'assertion', (xml) =>
    xml.replace(ASSERTION, (signed) =>
      evil(signed).replace('</ds:Signature>', `<ds:Object>${bare(signed)}</ds:Object></ds:Signature>`),
    ),
  ),
  wrapping('9-signed-assertion-after-the-evil-one', 'assertion', (xml) =>
    insideResponse(
      xml.replace(ASSERTION, (signed) => evil(bare(signed))),
      assertionOf(xml),
    ),
  ),
  wrapping('whole-signed-response-in-extensions', 'response', (xml) =>
    evil(bare(xml)).replace('<samlp:Status>', `<samlp:Extensions>${xml}</samlp:Extensions><samlp:Status>`),
  ),
  wrapping('signed-response-with-an-added-assertion', 'response', (xml) =>
    insideResponse(xml, evil(assertionOf(xml))),
  ),
  wrapping('signed-assertion-under-another-root', 'assertion', (xml) => `<x>${xml}</x>`),
];
