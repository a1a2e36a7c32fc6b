import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { createShell, refuseTheRest } from './shell.ts';

const build = () => {
  const app = createShell({
    log: pino({ level: 'silent' }),
    baseUrl: 'http://localhost:3000',
    machinePaths: ['/saml/acs'],
    maximumBodyBytes: 1000,
    refuse: (c, error) => c.json({ code: error.code }, 400),
  });
  app.get('/page', (c) => c.text('page'));
  app.post('/form', async (c) => c.text(await c.req.text()));
  app.post('/saml/acs', (c) => c.text('assertion'));
  app.get('/breaks', () => {
    throw new Error('a secret of the library');
  });
  refuseTheRest(app);
  return app;
};

const codeOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { code: unknown }).code;

test('every answer carries a request id and the policy that forbids inline script', async () => {
  const response = await build().request('/page');
  assert.match(response.headers.get('x-request-id') ?? '', /^[\w-]{12}$/);
  assert.match(response.headers.get('content-security-policy') ?? '', /script-src 'self';/);
  assert.equal(response.headers.get('cache-control'), 'no-store');
});

test('a form posted from another site is refused, a machine path is not', async () => {
  const app = build();
  const foreign = { method: 'POST', body: 'x', headers: { origin: 'https://evil.example' } };
  assert.equal(await codeOf(await app.request('/form', foreign)), 'form-expired');
  const crossSite = { method: 'POST', body: 'x', headers: { 'sec-fetch-site': 'cross-site' } };
  assert.equal(await codeOf(await app.request('/form', crossSite)), 'form-expired');
  const own = { method: 'POST', body: 'x', headers: { origin: 'http://localhost:3000' } };
  assert.equal(await (await app.request('/form', own)).text(), 'x');
  assert.equal(await (await app.request('/saml/acs', foreign)).text(), 'assertion');
});

test('wrong paths, wrong methods, large bodies and broken handlers each have their own code', async () => {
  const app = build();
  assert.equal(await codeOf(await app.request('/nothing')), 'not-found');
  assert.equal(await codeOf(await app.request('/page', { method: 'POST', body: '' })), 'method-not-allowed');
  assert.equal(
    await codeOf(await app.request('/form', { method: 'POST', body: 'x'.repeat(1001) })),
    'too-large',
  );
  assert.equal(await codeOf(await app.request('/breaks')), 'unexpected');
});
