import { createPrivateKey } from 'node:crypto';
import { planResponse, writeResponse } from '#dev/identity-provider/response.ts';
import type { ResponsePlan } from '#dev/identity-provider/response-plan.ts';
import type { SamlInput, SamlResult } from '#features/sign-in/saml/strict/input.ts';
import type { SamlReader } from '#features/sign-in/saml/strict/reader.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';

export const NOW = Date.parse('2026-11-24T03:00:00Z');
const instant = Temporal.Instant.fromEpochMilliseconds(NOW);
const provider = createSelfSigned('provider', instant);
export const stranger = createSelfSigned('stranger', instant);
const service = createSelfSigned('service', instant);
export const previous = createSelfSigned('previous', instant);
export const PRINCIPAL = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6';

/** A response of the provider that nothing is wrong with. */
export const rightPlan = (): ResponsePlan =>
  planResponse({
    issuer: 'https://idp.example.ac.jp/metadata',
    acsUrl: 'https://sp.example.ac.jp/saml/acs',
    audience: 'https://sp.example.ac.jp/saml/metadata',
    inResponseTo: '_request',
    now: NOW,
    authnInstant: NOW,
    authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    attributes: [
      { name: PRINCIPAL, friendlyName: 'eduPersonPrincipalName', values: ['a0123456@example.ac.jp'] },
    ],
    keys: provider,
    encryptionCertificate: service.certificatePem,
  });

/** What the service expects when this response arrives. */
export const inputFor = (xml: string): SamlInput => ({
  response: Buffer.from(xml).toString('base64'),
  now: NOW,
  serviceProvider: {
    entityId: 'https://sp.example.ac.jp/saml/metadata',
    acsUrl: 'https://sp.example.ac.jp/saml/acs',
    decryptionKeys: [service, previous].map((pair) => createPrivateKey(pair.privateKeyPem)),
  },
  identityProvider: {
    entityId: 'https://idp.example.ac.jp/metadata',
    signingCertificates: [provider.certificatePem],
    scopes: ['example.ac.jp'],
    policy: 'response',
  },
  transaction: { requestId: '_request', issuedAt: NOW, forceAuthn: false, authnContexts: [] },
});

/** Reads the right response with one thing about it, or about what is expected, changed. */
export const readPlan = async (
  reader: SamlReader,
  change: Partial<ResponsePlan>,
  adjust: (input: SamlInput) => SamlInput = (input) => input,
): Promise<SamlResult> => reader.read(adjust(inputFor(await writeResponse({ ...rightPlan(), ...change }))));
