import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeResponse } from '#dev/identity-provider/response.ts';
import { createSelfSigned } from '#platform/crypto/self-signed.ts';
import type { Campus } from '#test/support/saml-campus.ts';
import {
  beginAt,
  createCampus,
  encryptionCertificatesOf,
  postTo,
  rightPlan,
} from '#test/support/saml-campus.ts';
import type { TestService } from '#test/support/service.ts';
import { withService } from '#test/support/service.ts';
import { HOSTILE_CASES } from './cases.ts';
import type { HostileCase } from './hostile-case.ts';

const stranger = createSelfSigned('stranger', Temporal.Now.instant());
/** What a library says of itself, and no page of ours may. */
const LIBRARY =
  /xmldom|xml-crypto|node-saml|SamlRefused|AkashiError|at .*\.ts:\d|signature-|Invalid signature/i;
const LANGUAGES = [
  { accept: 'ja', lang: '<html lang="ja">' },
  { accept: 'en', lang: '<html lang="en">' },
];

type Target = TestService & { readonly encryptionCertificate: string };

const writeField = async (hostile: HostileCase, campus: Campus, service: Target, requestId: string) => {
  const plan = rightPlan(campus, service, requestId);
  const xml = await writeResponse({ ...plan, ...hostile.change?.(plan, stranger) });
  return hostile.field?.(xml) ?? Buffer.from(xml).toString('base64');
};

const sessionsOf = async ({ db }: TestService): Promise<number> =>
  (await db.selectFrom('session').select('id').execute()).length;

/** Posts a hostile answer in a browser that began to sign in; the answer must be a page for a person. */
const attack = async (
  hostile: HostileCase,
  campus: Campus,
  service: Target,
  language: (typeof LANGUAGES)[number],
): Promise<void> => {
  const name = `${hostile.family}/${hostile.name} for ${campus.configured.policy}`;
  const path = `/sign-in?${new URLSearchParams({ provider: campus.entityId })}`;
  const { cookie, requestId } = await beginAt(service.address, path);
  const field = await writeField(hostile, campus, service, requestId);
  const answer = await postTo(service.address, field, cookie, { 'accept-language': language.accept });
  const page = await answer.text();
  assert.ok(answer.status >= 400 && answer.status < 500, `${name} answered ${answer.status}`);
  assert.doesNotMatch(answer.headers.getSetCookie().join('\n'), /akashi-session=[^;]/, name);
  assert.ok(page.includes(language.lang), `${name} is not in the reader's language`);
  const requestNumber = answer.headers.get('x-request-id') ?? 'none';
  assert.ok(page.includes(`<code>${requestNumber}</code>`), `${name} shows no request number`);
  assert.doesNotMatch(page, LIBRARY, name);
};

test('no hostile answer gains a session, ends the process or shows anything but a page for people', async (t) => {
  const campuses = (['response', 'both', 'assertion'] as const).map((policy) =>
    createCampus(`idp-${policy}`, policy),
  );
  const identityProviders = campuses.map(({ configured }) => configured);
  await withService({ university: { identityProviders } }, async (running) => {
    const [encryptionCertificate = ''] = await encryptionCertificatesOf(running.address);
    const service = { ...running, encryptionCertificate };
    const failures: string[] = [];
    for (const [index, hostile] of HOSTILE_CASES.entries()) {
      // Every case against the strictest reading of its kind, the policies and languages taking turns.
      const campus = campuses[hostile.family === 'wrapping' ? 2 : 0] as Campus;
      await attack(hostile, campus, service, LANGUAGES[index % 2] as (typeof LANGUAGES)[number]).catch(
        (error: Error) => failures.push(`${hostile.family}/${hostile.name}: ${error.message}`),
      );
    }
    assert.deepEqual(failures, []);
    assert.equal(await sessionsOf(service), 0);
    const families = new Set(HOSTILE_CASES.map(({ family }) => family));
    t.diagnostic(`${HOSTILE_CASES.length} cases in ${families.size} families`);
    assert.ok(HOSTILE_CASES.length >= 100);
    // The same service still signs a student in, and only once with one answer.
    const [campus] = campuses as [Campus];
    const path = `/sign-in?${new URLSearchParams({ provider: campus.entityId })}`;
    const begun = await beginAt(service.address, path);
    const right = await writeField({ family: '', name: '' }, campus, service, begun.requestId);
    assert.equal((await postTo(service.address, right, begun.cookie)).status, 303);
    assert.equal(await sessionsOf(service), 1);
    const again = await beginAt(service.address, path);
    for (const cookie of [begun.cookie, again.cookie, '']) {
      assert.equal((await postTo(service.address, right, cookie)).status, 400, 'replay');
    }
    assert.equal(await sessionsOf(service), 1);
  });
});
