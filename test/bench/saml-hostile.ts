import { createPrivateKey } from 'node:crypto';
import { writeResponse } from '#dev/identity-provider/response.ts';
import { openSamlReader } from '#features/sign-in/saml/index.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import { HOSTILE_CASES } from '#test/hostile/saml/cases.ts';
import { createCampus, rightPlan } from '#test/support/saml-campus.ts';
import { medianOf, processorMilliseconds, report } from './measure.ts';

const ROUNDS = { warmUp: 1, rounds: 3 };

/** The dearest of the hostile answers at the strict layer, its worker included; its name goes to standard error. */
export const benchSamlHostile = async (): Promise<void> => {
  const at = Temporal.Now.instant();
  const [stranger, service] = [createSelfSigned('stranger', at), createSelfSigned('service', at)];
  const campus = createCampus('idp');
  const baseUrl = 'https://sp.bench.example';
  const plan = rightPlan(campus, { baseUrl, encryptionCertificate: service.certificatePem }, '_request');
  const reader = openSamlReader();
  let worst = { name: '', milliseconds: 0 };
  try {
    for (const { family, name, change, field } of HOSTILE_CASES) {
      const xml = await writeResponse({ ...plan, ...change?.(plan, stranger) });
      const input = {
        response: field?.(xml) ?? Buffer.from(xml).toString('base64'),
        now: Date.now(),
        serviceProvider: {
          entityId: `${baseUrl}/saml/metadata`,
          acsUrl: `${baseUrl}/saml/acs`,
          decryptionKeys: [createPrivateKey(service.privateKeyPem)],
        },
        identityProvider: {
          entityId: campus.entityId,
          signingCertificates: [campus.keys.certificatePem],
          scopes: ['akatsuki.example'],
          policy: family === 'wrapping' ? ('assertion' as const) : ('response' as const),
        },
        transaction: { requestId: '_request', issuedAt: Date.now(), forceAuthn: false, authnContexts: [] },
      };
      const milliseconds = await medianOf(ROUNDS, () => processorMilliseconds(() => reader.read(input)));
      if (milliseconds > worst.milliseconds) worst = { name: `${family}/${name}`, milliseconds };
    }
  } finally {
    await reader.close();
  }
  process.stderr.write(`the dearest hostile answer is ${worst.name}\n`);
  report('saml.hostile.worst_cpu_ms', worst.milliseconds, 'ms');
};
