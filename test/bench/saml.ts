import { createPrivateKey } from 'node:crypto';
import { promisify } from 'node:util';
import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { decrypt } from 'xml-encryption';
import { planResponse, writeResponse } from '#dev/identity-provider/response.ts';
import type { SamlInput } from '#features/sign-in/saml/index.ts';
import { openSamlReader } from '#features/sign-in/saml/index.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import { medianOf, processorMilliseconds, report } from './measure.ts';

const RESPONSES = 60;
const ISSUER = 'https://idp.bench.example/metadata';
const SERVICE = 'https://sp.bench.example';

/** Signed responses with encrypted assertions, as the development identity provider writes them, no two alike. */
const writeInputs = async (): Promise<SamlInput[]> => {
  const at = Temporal.Now.instant();
  const now = at.epochMilliseconds;
  const keys = createSelfSigned('provider', at);
  const service = createSelfSigned('service', at);
  const inputs: SamlInput[] = [];
  for (let index = 0; index < RESPONSES; index += 1) {
    const requestId = `_request${index}`;
    const plan = planResponse({
      issuer: ISSUER,
      acsUrl: `${SERVICE}/saml/acs`,
      audience: `${SERVICE}/saml/metadata`,
      inResponseTo: requestId,
      now,
      authnInstant: now,
      authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
      attributes: [
        {
          name: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6',
          friendlyName: 'eduPersonPrincipalName',
          values: [`a${index}@bench.example`],
        },
      ],
      keys,
      encryptionCertificate: service.certificatePem,
    });
    inputs.push({
      response: Buffer.from(await writeResponse(plan)).toString('base64'),
      now,
      serviceProvider: {
        entityId: `${SERVICE}/saml/metadata`,
        acsUrl: `${SERVICE}/saml/acs`,
        decryptionKeys: [createPrivateKey(service.privateKeyPem)],
      },
      identityProvider: {
        entityId: ISSUER,
        signingCertificates: [keys.certificatePem],
        scopes: ['bench.example'],
        policy: 'response',
      },
      transaction: { requestId, issuedAt: now, forceAuthn: false, authnContexts: [] },
    });
  }
  return inputs;
};

/** What the libraries alone need: one parse, one signature check, one decryption, and no rule of ours. */
const readBare = async (input: SamlInput): Promise<void> => {
  const text = Buffer.from(input.response, 'base64').toString();
  const root = new DOMParser().parseFromString(text, 'text/xml');
  const signature = root.getElementsByTagNameNS('http://www.w3.org/2000/09/xmldsig#', 'Signature')[0];
  const encrypted = root.getElementsByTagNameNS('http://www.w3.org/2001/04/xmlenc#', 'EncryptedData')[0];
  if (signature === undefined || encrypted === undefined) throw new Error('not signed and encrypted');
  const checker = new SignedXml({ publicCert: input.identityProvider.signingCertificates[0] ?? '' });
  checker.loadSignature(signature as unknown as Node);
  if (!checker.checkSignature(text)) throw new Error('the signature does not hold');
  await promisify(decrypt)(encrypted.toString(), {
    key: input.serviceProvider.decryptionKeys[0]?.export({ type: 'pkcs8', format: 'pem' }) ?? '',
    warnInsecureAlgorithm: false,
  });
};

/** Reading one response at the strict layer, its worker thread included. */
export const benchSaml = async (): Promise<void> => {
  const inputs = await writeInputs();
  const reader = openSamlReader();
  const readAll = async (): Promise<void> => {
    for (const input of inputs) {
      const result = await reader.read(input);
      if (!result.ok) throw new Error(`a right response was refused: ${result.reason}`);
    }
  };
  const readAllBare = async (): Promise<void> => {
    for (const input of inputs) await readBare(input);
  };
  const rounds = { warmUp: 2, rounds: 5 };
  try {
    const strict = await medianOf(rounds, () => processorMilliseconds(readAll));
    report('saml.response.cpu_ms', strict / RESPONSES, 'ms');
    const bare = await medianOf(rounds, () => processorMilliseconds(readAllBare));
    report('saml.response.limit.cpu_ms', bare / RESPONSES, 'ms');
  } finally {
    await reader.close();
  }
};
