import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { findFreePorts } from '#dev/ports.ts';
import { loadOrCreateServiceProviderKeys } from '#features/sign-in/saml/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { TestService } from '#test/support/service.ts';
import { withService } from '#test/support/service.ts';
import { skipLoudly } from '#test/support/skip.ts';
import { startTlsProxy } from '#test/support/tls-proxy.ts';
import type { Walker } from '../../journeys/steps/walker.ts';
import type { SimpleSamlPhp } from './peer.ts';
import { startSimpleSamlPhp } from './peer.ts';

const WHY =
  'SimpleSAMLphp (Debian package simplesamlphp) is not installed: nobody signed in at the real SAML peer';

export const logIn = async (walker: Walker, user: string, password: string): Promise<void> => {
  await walker.type('#username', user);
  await walker.type('#password', password);
  await walker.press('#submit_button');
};

export const sessionCookie = async (walker: Walker): Promise<string> =>
  (await walker.cookie('__Host-akashi-session'))?.value ?? '';

/** Cross-site: the service is `https://localhost`, the provider `http://127.0.0.1`. In English. */
export const walkSignIn = async (
  walker: Walker,
  { baseUrl: url, db }: Pick<TestService, 'baseUrl' | 'db'>,
): Promise<void> => {
  await walker.open(`${url}/sign-in`);
  // Its cookie can be looked at from the service's own pages only.
  await walker.see('#username');
  await walker.open(url);
  const asked = await walker.cookie('__Host-akashi-sign-in');
  assert.deepEqual([asked?.secure, asked?.httpOnly, asked?.sameSite], [true, true, 'None']);
  await walker.open(`${url}/sign-in`);
  await logIn(walker, 'a0123456', 'studentpass');
  await walker.choose('#agree');
  await walker.press('main button', 'Agree and go on');
  await walker.see('h1', 'Mail address setting');
  const cookie = await walker.cookie('__Host-akashi-session');
  assert.deepEqual(
    [cookie?.secure, cookie?.httpOnly, cookie?.sameSite, cookie?.path],
    [true, true, 'Lax', '/'],
  );

  // What follows is for people who have registered one; no mail is sent here.
  await db
    .updateTable('account')
    .set({ mail_address: 'a0123456@example.jp', mail_verified_at: systemClock.now() })
    .execute();

  // The step-up asks for the password again, though the provider keeps a session, and changes the session's id.
  const before = await sessionCookie(walker);
  await walker.open(`${url}/sign-in?fresh=1&strong=1&return=/login-and-security`);
  await logIn(walker, 'a0123456', 'studentpass');
  await walker.see('h1', 'Login & security');
  assert.notEqual(await sessionCookie(walker), before);
  assert.match(await walker.read('main h3'), /this browser/);
  assert.equal(await walker.count('main h3'), 1);

  await walker.press('main form button', 'Log out');
  await walker.see('main', 'You are logged out here but still signed in at the university.');
  assert.equal(await sessionCookie(walker), '');
  await walker.open(`${url}/login-and-security`);
  await walker.see('h1', 'Please log in');
  // Logged out here: the next sign-in asks for the password, and leads back to where the person was.
  await walker.press('main a.button', 'Log in');
  await logIn(walker, 'a0123456', 'studentpass');
  await walker.see('h1', 'Login & security');
};

type Peer = {
  readonly peer: SimpleSamlPhp;
  readonly port: number;
  readonly url: string;
  readonly dataFolder: string;
};

/** A peer that trusts a service to be started at `port` behind `url` with the keys of `dataFolder`. */
const withPeer = async (t: TestContext, work: (peer: Peer) => Promise<void>): Promise<void> => {
  const port = (await findFreePorts()).service;
  const proxy = await startTlsProxy(port);
  const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-peer-'));
  const keys = await loadOrCreateServiceProviderKeys(join(dataFolder, 'keys'), systemClock);
  const peer = await startSimpleSamlPhp({
    spEntityId: `${proxy.url}/saml/metadata`,
    acsUrl: `${proxy.url}/saml/acs`,
    spSigningCertificatePem: keys.signing.certificatePem,
    spEncryptionCertificatePem: keys.encryption.certificatePem,
    studentNumber: '1029310001',
  });
  try {
    if (peer === undefined) return skipLoudly(t, WHY);
    await work({ peer, port, url: proxy.url, dataFolder });
  } finally {
    await peer?.close();
    await proxy.close();
  }
};

/** Runs `work` at a service behind `https://localhost` that trusts a real SimpleSAMLphp, and is trusted by it. */
export const withServiceAndPeer = (
  t: TestContext,
  source: 'address' | 'file',
  work: (service: TestService) => Promise<void>,
): Promise<void> =>
  withPeer(t, async ({ peer, port, url, dataFolder }) => {
    const file = join(dataFolder, 'simplesamlphp.xml');
    writeFileSync(file, peer.metadataXml);
    const identityProvider = {
      entityId: peer.entityId,
      metadata: source === 'file' ? file : peer.metadataUrl,
      policy: 'both' as const,
      displayName: { ja: '実物', en: 'The real one' },
    };
    const university = { identityProviders: [identityProvider], signIn: { freshAfterLogOut: true } };
    await withService({ university, baseUrl: url, port, dataFolder }, work);
  });
