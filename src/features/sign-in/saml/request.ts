import type { KeyObject } from 'node:crypto';
import { randomBytes, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { escapeXml } from '#platform/xml/escape.ts';

export type SignInRequestInput = {
  /** The identity provider's redirect endpoint. */
  readonly entryPoint: string;
  readonly acsUrl: string;
  readonly entityId: string;
  readonly signingKey: KeyObject;
  readonly now: Temporal.Instant;
  readonly relayState?: string | undefined;
  readonly forceAuthn?: boolean | undefined;
  /** Asked for exactly, any of them (REFEDS MFA, GakuNin AAL2); empty or absent: whatever the provider uses. */
  readonly authnContexts?: readonly string[] | undefined;
};

const SIGNATURE_ALGORITHM = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

/**
 * The address that takes the browser to the identity provider, with a signed AuthnRequest (SAML Bindings §3.4), and
 * the request's id, which the answer must name.
 */
export const buildSignInRequest = (input: SignInRequestInput): { url: string; requestId: string } => {
  const requestId = `_${randomBytes(20).toString('hex')}`;
  const xml = requestXml(input, requestId);
  const fields: [string, string][] = [['SAMLRequest', deflateRawSync(xml).toString('base64')]];
  if (input.relayState !== undefined) fields.push(['RelayState', input.relayState]);
  fields.push(['SigAlg', SIGNATURE_ALGORITHM]);
  // The signature covers the query exactly as it is sent (§3.4.4.1), so it is encoded once, here.
  const signed = fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const signature = sign('sha256', Buffer.from(signed), input.signingKey).toString('base64');
  const joint = input.entryPoint.includes('?') ? '&' : '?';
  const url = `${input.entryPoint}${joint}${signed}&Signature=${encodeURIComponent(signature)}`;
  return { url, requestId };
};

const requestXml = (input: SignInRequestInput, requestId: string): string => {
  const instant = input.now.toString({ smallestUnit: 'second' });
  const force = input.forceAuthn === true ? ' ForceAuthn="true"' : '';
  return (
    '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"' +
    ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"' +
    ` ID="${requestId}" Version="2.0" IssueInstant="${instant}"${force}` +
    ` Destination="${escapeXml(input.entryPoint)}"` +
    ` AssertionConsumerServiceURL="${escapeXml(input.acsUrl)}"` +
    ' ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST">' +
    `<saml:Issuer>${escapeXml(input.entityId)}</saml:Issuer>` +
    '<samlp:NameIDPolicy AllowCreate="true"/>' +
    requestedContext(input.authnContexts ?? []) +
    '</samlp:AuthnRequest>'
  );
};

const requestedContext = (contexts: readonly string[]): string => {
  if (contexts.length === 0) return '';
  const references = contexts.map(
    (context) => `<saml:AuthnContextClassRef>${escapeXml(context)}</saml:AuthnContextClassRef>`,
  );
  return `<samlp:RequestedAuthnContext Comparison="exact">${references.join('')}</samlp:RequestedAuthnContext>`;
};
