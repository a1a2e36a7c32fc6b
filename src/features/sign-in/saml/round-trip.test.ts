import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { RunningIdentityProvider } from '#dev/identity-provider/identity-provider.ts';
import { startIdentityProvider } from '#dev/identity-provider/identity-provider.ts';
import { systemClock } from '#platform/clock.ts';
import type { IdentityProvider, SamlReader, SamlResult, ServiceProviderKeys } from './index.ts';
import {
  buildSignInRequest,
  identityOf,
  loadOrCreateServiceProviderKeys,
  openSamlReader,
  parseIdentityProviderMetadata,
  serviceProviderMetadata,
} from './index.ts';

const MFA = 'https://refeds.org/profile/mfa';
const PERSONAS = `
- user: a0123456
  password: sakura
  labelJa: 学部生
  labelEn: Undergraduate
  principal: a0123456@example.ac.jp
  displayNameJa: 見本 花子
  displayNameEn: Hanako Mihon
  affiliations: [student]
  studentNumbers: ['0500123456']
  mfa: false
- user: staff01
  password: kaede
  labelJa: 職員
  labelEn: Staff
  principal: staff01@example.ac.jp
  displayNameJa: 見本 太郎
  displayNameEn: Taro Mihon
  affiliations: [staff]
  studentNumbers: []
  mfa: true
`;

const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

type Form = Record<string, string>;

describe('sign-in at the development identity provider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-saml-'));
  let keys: ServiceProviderKeys;
  let provider: RunningIdentityProvider;
  let known: IdentityProvider;
  let reader: SamlReader;
  let base = '';
  const metadataServer = createServer((_, response) => response.end(metadata()));

  const metadata = (): string =>
    serviceProviderMetadata({
      entityId: `${base}/saml/metadata`,
      acsUrl: `${base}/saml/acs`,
      discoveryUrl: `${base}/saml/discovery`,
      keys,
      displayName: { ja: '証明書発行サービス', en: 'Certificate issuance' },
      description: { ja: '証明書を発行します', en: 'Issues certificates' },
      organizationName: { ja: '見本大学', en: 'Example University' },
      organizationUrl: 'https://www.example.ac.jp/',
      contacts: [{ kind: 'technical', name: 'A & B', mail: 'help@example.ac.jp' }],
    });

  before(async () => {
    keys = await loadOrCreateServiceProviderKeys(join(folder, 'keys'), systemClock);
    await new Promise<void>((listening) => metadataServer.listen(0, '127.0.0.1', listening));
    base = `http://127.0.0.1:${(metadataServer.address() as AddressInfo).port}`;
    writeFileSync(join(folder, 'personas.yaml'), PERSONAS);
    provider = await startIdentityProvider({
      port: 0,
      dataFolder: join(folder, 'provider'),
      personasFile: join(folder, 'personas.yaml'),
      universityNameJa: '見本大学',
      identityLabel: { ja: 'ECS-ID または SPS-ID', en: 'ECS-ID or SPS-ID' },
      serviceProvider: { metadataUrl: `${base}/saml/metadata` },
    });
    known = parseIdentityProviderMetadata(
      new Uint8Array(await (await fetch(provider.metadataUrl)).arrayBuffer()),
    );
    reader = openSamlReader();
  });
  after(async () => {
    await provider.close();
    await reader.close();
    metadataServer.close();
    rmSync(folder, { recursive: true });
  });

  type Options = { forceAuthn?: boolean; authnContexts?: string[]; cookie?: string };
  const post = async (path: string, form: Form): Promise<{ page: string; cookie: string }> => {
    const answer = await fetch(`${provider.url}${path}`, { method: 'POST', body: new URLSearchParams(form) });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return { page: await answer.text(), cookie };
  };
  const begin = async (options: Options): Promise<{ page: string; requestId: string; issuedAt: number }> => {
    const now = systemClock.now();
    const { url, requestId } = buildSignInRequest({
      ...options,
      entryPoint: known.signOnUrl,
      acsUrl: `${base}/saml/acs`,
      entityId: `${base}/saml/metadata`,
      signingKey: createPrivateKey(keys.signing.privateKeyPem),
      now,
      relayState: 'a+b & c',
    });
    const answer = await fetch(url, { headers: { cookie: options.cookie ?? '' } });
    assert.equal(answer.status, 200, await answer.clone().text());
    return { page: await answer.text(), requestId, issuedAt: now.epochMilliseconds };
  };
  const read = (page: string, requestId: string, issuedAt: number, options: Options): Promise<SamlResult> =>
    reader.read({
      response: hidden(page, 'SAMLResponse'),
      now: Date.now(),
      serviceProvider: {
        entityId: `${base}/saml/metadata`,
        acsUrl: `${base}/saml/acs`,
        decryptionKeys: [createPrivateKey(keys.encryption.privateKeyPem)],
      },
      identityProvider: { ...known, policy: 'response' },
      transaction: {
        requestId,
        issuedAt,
        forceAuthn: options.forceAuthn ?? false,
        authnContexts: options.authnContexts ?? [],
      },
    });
  const signIn = async (
    form: Form,
    options: Options = {},
    choice: Form = { choice: 'accept' },
  ): Promise<{ result: SamlResult; cookie: string; last: string }> => {
    const { page, requestId, issuedAt } = await begin(options);
    const request = hidden(page, 'request');
    const { cookie } = await post('/sso/login', { ...form, request });
    const { page: last } = await post('/sso/consent', { ...choice, request });
    return { result: await read(last, requestId, issuedAt, options), cookie, last };
  };

  test('the keys are readable by their owner alone and stay the same', async () => {
    assert.equal(statSync(join(folder, 'keys/saml-signing.key')).mode & 0o777, 0o600);
    assert.deepEqual(await loadOrCreateServiceProviderKeys(join(folder, 'keys'), systemClock), keys);
  });

  test('password, consent, and the strict layer knows who it is', async () => {
    const { result, last } = await signIn({ user: 'a0123456', password: 'sakura' });
    assert.ok(result.ok, JSON.stringify(result));
    const identity = identityOf(result.assertion);
    assert.equal(identity.identityProvider, provider.entityId);
    assert.equal(identity.principalName, 'a0123456@example.ac.jp');
    assert.deepEqual(identity.studentNumbers, ['0500123456']);
    assert.equal(identity.displayNameJa, '見本 花子');
    assert.equal(identity.displayNameEn, 'Hanako Mihon');
    assert.match(identity.targetedId ?? '', /^.{20,}$/);
    assert.match(last, /name="RelayState" value="a\+b &amp; c"/);
  });

  test('one click signs a persona in', async () => {
    const { result } = await signIn({ persona: 'staff01' });
    assert.ok(result.ok);
    assert.deepEqual(identityOf(result.assertion).studentNumbers, []);
  });

  test('a wrong password says so and keeps the user name', async () => {
    const { page } = await begin({});
    const answer = await post('/sso/login', {
      request: hidden(page, 'request'),
      user: 'a0123456',
      password: 'x',
    });
    assert.match(answer.page, /ユーザ名またはパスワードが違います/);
    assert.match(answer.page, /value="a0123456" autocomplete="username"/);
  });

  test('the login screen carries the labels of the manual', async () => {
    const { page } = await begin({});
    const labels = [
      '見本大学<wbr>統合認証<wbr>システム',
      'ユーザ名(ECS-ID または SPS-ID)',
      'パスワード',
      'ログインを記憶しません。',
      'サービスへの属性送信同意を再確認します。',
      'パスワードをお忘れの方はこちら',
      'お困りの方はこちら',
    ];
    for (const label of labels) assert.ok(page.includes(label), label);
  });

  test('a remembered login goes straight to the consent page, a forced one does not', async () => {
    const { cookie } = await signIn({ persona: 'a0123456' });
    assert.match((await begin({ cookie })).page, /属性送信の同意/);
    assert.match((await begin({ cookie, forceAuthn: true })).page, /id="password"/);
    assert.equal((await signIn({ persona: 'a0123456', forget: '1' })).cookie, '');
  });

  test('a second factor is answered for those who have one, and refused for the others', async () => {
    const options = { authnContexts: [MFA], forceAuthn: true };
    const strong = await signIn({ persona: 'staff01' }, options);
    assert.ok(strong.result.ok);
    assert.equal(strong.result.assertion.authnContext, MFA);
    const weak = await signIn({ persona: 'a0123456' }, options);
    assert.deepEqual(weak.result, { ok: false, reason: 'status-authn-context' });
  });

  test('saying no at the consent page sends no attribute', async () => {
    const { result } = await signIn({ persona: 'a0123456' }, {}, { choice: 'reject' });
    assert.deepEqual(result, { ok: false, reason: 'status-cancelled-or-failed' });
  });

  test('a malformed response chosen on the login page is refused', async () => {
    const { result } = await signIn({ persona: 'a0123456', misbehaviour: 'wrong-key' });
    assert.deepEqual(result, { ok: false, reason: 'signature-invalid' });
  });

  test('a replayed response answers another request and is refused', async () => {
    await signIn({ persona: 'a0123456' });
    const { result } = await signIn({ persona: 'a0123456', misbehaviour: 'replay' });
    assert.deepEqual(result, { ok: false, reason: 'in-response-to' });
  });
});
