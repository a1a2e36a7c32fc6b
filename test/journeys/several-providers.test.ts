import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeResponse } from '#dev/identity-provider/response.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import { memberOf, signFederation } from '#test/support/federation.ts';
import {
  beginAt,
  cookiesOf,
  createCampus,
  encryptionCertificatesOf,
  postTo,
  rightPlan,
} from '#test/support/saml-campus.ts';
import { withService } from '#test/support/service.ts';

const DISCOVERY = 'https://discovery.example/WAYF';

test('people choose at the federation’s discovery service or on our page, and sign in at a provider of the aggregate', async () => {
  const now = Temporal.Now.instant();
  const federation = createSelfSigned('federation', now);
  const [staff, students] = [createCampus('staff'), createCampus('students')];
  const folder = mkdtempSync(join(tmpdir(), 'akashi-federation-'));
  const metadata = join(folder, 'aggregate.xml');
  const certificate = join(folder, 'federation.crt');
  writeFileSync(certificate, federation.certificatePem);
  const validUntil = now.add({ hours: 240 }).toString({ smallestUnit: 'second' });
  const members = [memberOf(students.entityId, students.keys.certificatePem)];
  const others = { others: 650, certificatePem: staff.keys.certificatePem };
  writeFileSync(metadata, signFederation({ members, ...others, validUntil, keys: federation }));
  const university = {
    identityProviders: [staff.configured, { ...students.configured, metadata: 'federation' }],
    federation: { metadata, certificates: [certificate], discovery: DISCOVERY },
  };
  await withService({ university }, async ({ address, baseUrl, db }) => {
    const visit = (path: string, cookie = ''): Promise<Response> =>
      fetch(`${address}${path}`, { redirect: 'manual', headers: { cookie, 'accept-language': 'en' } });
    const away = new URL((await visit('/sign-in?return=/orders')).headers.get('location') ?? '');
    assert.equal(`${away.origin}${away.pathname}`, DISCOVERY);
    assert.equal(away.searchParams.get('entityID'), `${baseUrl}/saml/metadata`);
    const back = new URL(away.searchParams.get('return') ?? '');
    const announced = await (await visit('/saml/metadata')).text();
    assert.ok(announced.includes(`Location="${back.origin}${back.pathname}"`), 'metadata names the return');

    // Without a choice, and with one nobody configured.
    assert.match(
      (await visit(`${back.pathname}${back.search}`)).headers.get('location') ?? '',
      /^\/sign-in\/university/,
    );
    assert.match(await (await visit('/sign-in/university?return=/orders')).text(), /Sign-in students/);
    const evil = (await visit('/saml/discovery?entityID=https://evil.example')).headers.get('location') ?? '';
    assert.equal((await visit(evil)).status, 404);

    back.searchParams.set('entityID', students.entityId);
    const chosen = (await visit(`${back.pathname}${back.search}`)).headers.get('location') ?? '';
    const begun = await beginAt(address, chosen);
    assert.equal(begun.url.origin, new URL(students.entityId).origin);
    const [encryptionCertificate = ''] = await encryptionCertificatesOf(address);
    const service = { baseUrl, encryptionCertificate };
    // The other provider's answer does not fit this sign-in.
    const foreign = await writeResponse(rightPlan(staff, service, begun.requestId));
    assert.equal((await postTo(address, Buffer.from(foreign).toString('base64'), begun.cookie)).status, 403);
    const right = await writeResponse(rightPlan(students, service, begun.requestId));
    const signedIn = await postTo(address, Buffer.from(right).toString('base64'), begun.cookie);
    assert.deepEqual([signedIn.status, signedIn.headers.get('location')], [303, '/orders']);

    // A step-up goes to the account's own provider without asking.
    const again = await beginAt(address, '/sign-in?fresh=1&strong=1', cookiesOf(signedIn));
    assert.equal(again.url.origin, new URL(students.entityId).origin);
    assert.equal(again.forceAuthn, true);
    assert.equal(again.authnContexts.length, 2);
    assert.equal((await db.selectFrom('session').select('id').execute()).length, 1);
  });
});
