import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import type { RunningIdentityProvider } from './identity-provider.ts';
import { startIdentityProvider } from './identity-provider.ts';

const pair = createSelfSigned('service', Temporal.Now.instant());
const PERSONAS = `
- { user: a0123456, password: sakura, labelJa: 学部生, labelEn: Undergraduate, principal: a0123456@example.ac.jp, displayNameJa: 見本 花子, displayNameEn: Hanako Mihon }
`;

describe('the development identity provider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-provider-'));
  const personasFile = join(folder, 'personas.yaml');
  const options = {
    port: 0,
    dataFolder: folder,
    personasFile,
    universityNameJa: '見本大学',
    identityLabel: { ja: 'ECS-ID または SPS-ID', en: 'ECS-ID or SPS-ID' },
    serviceProvider: {
      entityId: 'http://localhost:1/saml/metadata',
      acsUrl: 'http://localhost:1/saml/acs',
      displayNameJa: '証明書発行サービス',
      signingCertificates: [pair.certificatePem],
      encryptionCertificate: pair.certificatePem,
    },
  };
  let provider: RunningIdentityProvider;
  before(async () => {
    writeFileSync(personasFile, PERSONAS);
    provider = await startIdentityProvider(options);
  });
  after(async () => {
    await provider.close();
    rmSync(folder, { recursive: true });
  });

  test('refuses to start in production', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await assert.rejects(startIdentityProvider(options), /production/);
    } finally {
      if (before === undefined) delete process.env['NODE_ENV'];
      else process.env['NODE_ENV'] = before;
    }
  });

  test('refuses to start for another machine', async () => {
    const baseUrl = 'http://idp.example.ac.jp';
    await assert.rejects(startIdentityProvider({ ...options, baseUrl }), /this machine only/);
  });

  test('keeps its key from one start to the next', async () => {
    const second = await startIdentityProvider(options);
    const certificate = async (url: string): Promise<string> =>
      /X509Certificate>([^<]+)</.exec(await (await fetch(url)).text())?.[1] ?? 'none';
    assert.equal(await certificate(second.metadataUrl), await certificate(provider.metadataUrl));
    await second.close();
  });

  test('turns away a request that nobody signed', async () => {
    const answer = await fetch(`${provider.url}/sso?SAMLRequest=AAAA`);
    assert.equal(answer.status, 400);
  });
});
