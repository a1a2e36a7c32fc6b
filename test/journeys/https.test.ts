import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFreePorts } from '#dev/ports.ts';
import { openBrowser } from '#test/support/browser.ts';
import { announcedCertificates, beginAt, createCampus, responseTo } from '#test/support/saml-campus.ts';
import { withService } from '#test/support/service.ts';
import { startTlsProxy } from '#test/support/tls-proxy.ts';

test('behind TLS every cookie is bound to its host, and every answer forbids inline script, framing and referrers', async () => {
  const campus = createCampus('idp');
  const port = (await findFreePorts()).service;
  const proxy = await startTlsProxy(port);
  const browser = await openBrowser();
  const university = { identityProviders: [campus.configured] };
  try {
    await withService({ university, port, baseUrl: proxy.url }, async ({ address, baseUrl }) => {
      const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en' });
      const page = await context.newPage();
      const begun = await beginAt(address);
      const [name = '', value = ''] = begun.cookie.split('=');
      assert.equal(name, '__Host-akashi-sign-in');
      await context.addCookies([{ name, value, url: baseUrl, secure: true, sameSite: 'None' }]);
      const [encryptionCertificate = ''] = await announcedCertificates(address, 'encryption');
      const response = await responseTo(campus, { baseUrl, encryptionCertificate }, begun.requestId);
      await page.goto(baseUrl);
      await page.evaluate((SAMLResponse) => {
        const form = document.createElement('form');
        Object.assign(form, { method: 'post', action: '/saml/acs' });
        const field = document.createElement('input');
        Object.assign(field, { type: 'hidden', name: 'SAMLResponse', value: SAMLResponse });
        form.append(field);
        document.body.append(form);
        form.submit();
      }, response);
      await page.waitForURL(/\/terms/);
      const cookies = await context.cookies();
      const session = cookies.find((cookie) => cookie.name === '__Host-akashi-session');
      assert.equal(session?.sameSite, 'Lax');
      for (const cookie of cookies) {
        assert.match(cookie.name, /^__Host-/);
        const { secure, httpOnly, path, domain } = cookie;
        assert.deepEqual(
          { secure, httpOnly, path, domain },
          { secure: true, httpOnly: true, path: '/', domain: 'localhost' },
        );
      }
      for (const path of [
        '/',
        '/terms',
        '/verify',
        '/manual',
        '/no-such-page',
        '/mail-address/confirm/abc',
      ]) {
        const headers = (await page.goto(`${baseUrl}${path}`))?.headers() ?? {};
        const policy = headers['content-security-policy'] ?? '';
        assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/, path);
        assert.match(policy, /frame-ancestors 'none'; base-uri 'none'$/, path);
        assert.doesNotMatch(policy, /unsafe|\*|https?:/, path);
        assert.equal(headers['referrer-policy'], 'no-referrer', path);
        assert.equal(headers['x-content-type-options'], 'nosniff', path);
        assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path);
        assert.match(headers['strict-transport-security'] ?? '', /^max-age=31536000/, path);
        if (path !== '/verify') assert.equal(headers['cache-control'], 'no-store', path);
      }
    });
  } finally {
    await browser.close();
    await proxy.close();
  }
});
