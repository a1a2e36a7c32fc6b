import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { writeResponse } from '#dev/identity-provider/response.ts';
import type { PlannedAttribute } from '#dev/identity-provider/response-plan.ts';
import {
  beginAt,
  cookiesOf,
  createCampus,
  encryptionCertificatesOf,
  postTo,
  rightPlan,
  STUDENT,
} from '#test/support/saml-campus.ts';
import { withService } from '#test/support/service.ts';

const OTHER: readonly PlannedAttribute[] = STUDENT.map((attribute, index) => ({
  ...attribute,
  values: [index === 0 ? 'm0234567@akatsuki.example' : 'student:6025410002@akatsuki.example'],
}));

test('one sees and ends one’s own sessions, nobody else’s, and after Log out the campus asks again', async () => {
  const campus = createCampus('idp');
  const university = { identityProviders: [campus.configured], signIn: { freshAfterLogOut: true } };
  await withService({ university }, async ({ address, baseUrl, db }) => {
    const [encryptionCertificate = ''] = await encryptionCertificatesOf(address);
    const service = { baseUrl, encryptionCertificate };
    const signIn = async (agent: string, attributes = STUDENT): Promise<string> => {
      const begun = await beginAt(address);
      const xml = await writeResponse(rightPlan(campus, service, begun.requestId, attributes));
      const response = Buffer.from(xml).toString('base64');
      const answer = await postTo(address, response, begun.cookie, { 'user-agent': agent });
      assert.equal(answer.status, 303);
      await sql`update account set mail_address = 'misaki@example.jp', mail_verified_at = now()`.execute(db);
      return cookiesOf(answer);
    };
    const page = async (cookie: string): Promise<{ status: number; text: string }> => {
      const headers = { cookie, 'accept-language': 'en' };
      const answer = await fetch(`${address}/login-and-security`, { headers });
      return { status: answer.status, text: await answer.text() };
    };
    const post = (path: string, cookie: string): Promise<Response> =>
      fetch(`${address}${path}`, {
        method: 'POST',
        headers: { cookie, origin: baseUrl },
        redirect: 'manual',
      });

    const computer = await signIn('Mozilla/5.0 (Windows NT 10.0) Chrome/150 Safari/537');
    const phone = await signIn('Mozilla/5.0 (iPhone) Version/19 Safari/604');
    const stranger = await signIn('Mozilla/5.0 (X11; Linux) Firefox/150', OTHER);
    const seen = (await page(computer)).text;
    assert.match(seen, /Chrome \/ Windows \(/);
    assert.match(seen, /Safari \/ iPhone/);
    assert.doesNotMatch(seen, /Firefox/);
    const [, end = ''] = /action="(\/login-and-security\/sessions\/[^"]*\/end)"/.exec(seen) ?? [];
    assert.equal((await post(end, stranger)).status, 404);
    assert.equal((await page(phone)).status, 200);
    assert.equal((await post(end, computer)).status, 303);
    assert.equal((await page(phone)).status, 401);
    assert.equal((await page(computer)).status, 200);

    assert.equal((await beginAt(address)).forceAuthn, false);
    const left = await post('/sign-out', computer);
    assert.equal((await page(computer)).status, 401);
    assert.equal((await beginAt(address, '/sign-in', cookiesOf(left))).forceAuthn, true);
  });
});
