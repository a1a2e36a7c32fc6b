import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { IdentityProvider, SamlReader, SamlResult } from '#features/sign-in/saml/index.ts';
import {
  buildSignInRequest,
  identityOf,
  openSamlReader,
  parseIdentityProviderMetadata,
} from '#features/sign-in/saml/index.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import { skipLoudly } from '#test/support/skip.ts';
import type { SimpleSamlPhp } from './peer.ts';
import { startSimpleSamlPhp } from './peer.ts';

const WHY = 'SimpleSAMLphp (Debian package simplesamlphp) is not installed: the real SAML peer was not asked';

const MFA = 'https://refeds.org/profile/mfa';
const entityId = 'http://127.0.0.1:3000/saml/metadata';
const acsUrl = 'http://127.0.0.1:3000/saml/acs';
const signing = createSelfSigned('signing', Temporal.Now.instant());
const encryption = createSelfSigned('encryption', Temporal.Now.instant());

const ENTITIES: Record<string, string> = { amp: '&', quot: '"', lt: '<', gt: '>', '#039': "'" };
const decoded = (text: string): string =>
  text.replace(/&(#039|\w+);/g, (whole, name) => ENTITIES[name] ?? whole);
const hidden = (page: string, name: string): string =>
  decoded(new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(page)?.[1] ?? '');

/** A browser's part: cookies kept, redirects followed. */
const openBrowser = () => {
  const cookies = new Map<string, string>();
  const visit = async (
    url: string,
    form?: Record<string, string>,
  ): Promise<{ url: string; page: string }> => {
    const header = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
    const answer = await fetch(url, { ...sent, headers: { cookie: header }, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const next = answer.headers.get('location');
    if (next !== null) return visit(new URL(next, url).href);
    return { url, page: await answer.text() };
  };
  return visit;
};

describe('sign-in at SimpleSAMLphp', () => {
  let peer: SimpleSamlPhp | undefined;
  let known: IdentityProvider;
  let reader: SamlReader;
  before(async () => {
    reader = openSamlReader();
    peer = await startSimpleSamlPhp({
      spEntityId: entityId,
      acsUrl,
      spSigningCertificatePem: signing.certificatePem,
      spEncryptionCertificatePem: encryption.certificatePem,
    });
    if (peer !== undefined) known = parseIdentityProviderMetadata(Buffer.from(peer.metadataXml));
  });
  after(async () => {
    await reader.close();
    await peer?.close();
  });

  const signIn = async (
    username: string,
    password: string,
    options: { forceAuthn?: boolean; authnContexts?: string[]; policy?: 'response' | 'both' } = {},
  ): Promise<SamlResult> => {
    const now = Temporal.Now.instant();
    const { url, requestId } = buildSignInRequest({
      ...options,
      entryPoint: known.signOnUrl,
      acsUrl,
      entityId,
      signingKey: createPrivateKey(signing.privateKeyPem),
      now,
      relayState: 'state',
    });
    const visit = openBrowser();
    const login = await visit(url);
    const AuthState = hidden(login.page, 'AuthState');
    assert.notEqual(AuthState, '', login.page.slice(0, 3_000));
    const { page } = await visit(login.url, { username, password, AuthState });
    return reader.read({
      response: hidden(page, 'SAMLResponse'),
      now: Date.now(),
      serviceProvider: { entityId, acsUrl, decryptionKeys: [createPrivateKey(encryption.privateKeyPem)] },
      identityProvider: { ...known, policy: options.policy ?? 'both' },
      transaction: {
        requestId,
        issuedAt: now.epochMilliseconds,
        forceAuthn: options.forceAuthn ?? false,
        authnContexts: options.authnContexts ?? [],
      },
    });
  };

  test('its metadata says who it is and for which domain it speaks', (t) => {
    if (peer === undefined) return skipLoudly(t, WHY);
    assert.equal(known.entityId, peer.entityId);
    assert.deepEqual(known.scopes, ['example.ac.jp']);
  });

  test('name and password, and the strict layer knows the student', async (t) => {
    if (peer === undefined) return skipLoudly(t, WHY);
    for (const policy of ['both', 'response'] as const) {
      const result = await signIn('a0123456', 'studentpass', { policy });
      assert.ok(result.ok, JSON.stringify(result));
      const identity = identityOf(result.assertion);
      assert.equal(identity.principalName, 'a0123456@example.ac.jp');
      assert.deepEqual(identity.studentNumbers, ['0500123456']);
      assert.equal(identity.displayNameJa, '見本 花子');
      assert.notEqual(identity.targetedId, null);
    }
  });

  test('a second factor, asked for with a fresh login, is answered or refused', async (t) => {
    if (peer === undefined) return skipLoudly(t, WHY);
    const options = { authnContexts: [MFA], forceAuthn: true };
    const strong = await signIn('a0123456', 'studentpass', options);
    assert.ok(strong.ok, JSON.stringify(strong));
    assert.equal(strong.assertion.authnContext, MFA);
    const weak = await signIn('staff01', 'staffpass', options);
    assert.deepEqual(weak, { ok: false, reason: 'status-authn-context' });
  });

  test('a request signed with another key is turned away by the peer', async (t) => {
    if (peer === undefined) return skipLoudly(t, WHY);
    const { url } = buildSignInRequest({
      entryPoint: known.signOnUrl,
      acsUrl,
      entityId,
      signingKey: createPrivateKey(encryption.privateKeyPem),
      now: Temporal.Now.instant(),
    });
    const { page } = await openBrowser()(url);
    assert.doesNotMatch(page, /name="password"/);
  });
});
