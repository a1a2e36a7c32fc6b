import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { createCampus } from '#test/support/saml-campus.ts';
import type { TestService } from '#test/support/service.ts';
import { withService } from '#test/support/service.ts';

type Odd = {
  readonly name: string;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Exactly this status; otherwise anything below 500. */
  readonly status?: number;
};

type Answer = {
  readonly status: number;
  readonly page: string;
  readonly requestId: string;
  readonly type: string;
};

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Sends exactly these bytes: `fetch` would tidy the path and refuse some headers. */
const send = ({ address }: TestService, odd: Odd, language: string): Promise<Answer> =>
  new Promise((done, failed) => {
    const { hostname, port } = new URL(address);
    const { method = 'GET', path, body } = odd;
    const headers = { 'accept-language': language, ...odd.headers };
    const sent = request({ hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () =>
        done({
          status: response.statusCode ?? 0,
          page: Buffer.concat(chunks).toString(),
          requestId: String(response.headers['x-request-id'] ?? ''),
          type: String(response.headers['content-type'] ?? ''),
        }),
      );
    });
    sent.on('error', failed);
    sent.end(body);
  });

const assertPage = (name: string, answer: Answer, language: string): void => {
  assert.match(answer.type, /text\/html/, name);
  assert.ok(answer.page.includes(`<html lang="${language}">`), `${name} is not in ${language}`);
  assert.ok(answer.page.includes(`<code>${answer.requestId}</code>`), `${name} shows no request number`);
};

const REFUSED: readonly Odd[] = [
  { name: 'no such page', path: '/no/such/page', status: 404 },
  { name: 'no such page under a known one', path: '/sign-in/no-such', status: 404 },
  { name: 'script in the path', path: '/%3Cscript%3Ealert(1)%3C/script%3E', status: 404 },
  { name: 'a get of the consumer', path: '/saml/acs', status: 405 },
  { name: 'a post of the start page', method: 'POST', path: '/', headers: FORM, body: '', status: 405 },
  { name: 'a put', method: 'PUT', path: '/sign-in', status: 405 },
  { name: 'a delete', method: 'DELETE', path: '/sign-out', status: 405 },
  { name: 'an unknown method', method: 'PROPFIND', path: '/', status: 405 },
  { name: 'patch', method: 'PATCH', path: '/', status: 405 },
  { name: 'a broken escape', path: '/%', status: 400 },
  { name: 'half a character', path: '/manual/%E3%81', status: 400 },
  { name: 'nul in the path', path: '/legal/%00', status: 400 },
  { name: 'nul in the query', path: '/manual/search?q=%00', status: 400 },
  {
    name: 'an oversized form',
    method: 'POST',
    path: '/language',
    headers: FORM,
    body: 'x'.repeat(300_000),
    status: 413,
  },
  {
    name: 'an oversized answer',
    method: 'POST',
    path: '/saml/acs',
    headers: FORM,
    body: 'x'.repeat(300_000),
    status: 413,
  },
  {
    name: 'another site',
    method: 'POST',
    path: '/language',
    headers: { ...FORM, origin: 'https://evil.example' },
    body: 'language=en',
    status: 403,
  },
  {
    name: 'another site, as the browser says',
    method: 'POST',
    path: '/sign-out',
    headers: { ...FORM, 'sec-fetch-site': 'cross-site' },
    body: '',
    status: 403,
  },
  {
    name: 'another site of the same name',
    method: 'POST',
    path: '/sign-out',
    headers: { ...FORM, 'sec-fetch-site': 'same-site' },
    body: '',
    status: 403,
  },
  {
    name: 'an answer in json',
    method: 'POST',
    path: '/saml/acs',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    status: 400,
  },
  {
    name: 'an answer without its field',
    method: 'POST',
    path: '/saml/acs',
    headers: FORM,
    body: 'x=1',
    status: 400,
  },
  {
    name: 'an answer twice',
    method: 'POST',
    path: '/saml/acs',
    headers: FORM,
    body: 'SAMLResponse=YQ==&SAMLResponse=YQ==',
    status: 400,
  },
  {
    name: 'a form in json',
    method: 'POST',
    path: '/language',
    headers: { 'content-type': 'application/json' },
    body: '{',
    status: 400,
  },
  {
    name: 'a broken multipart form',
    method: 'POST',
    path: '/language',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: '--y\r\n',
    status: 400,
  },
  {
    name: 'no form at all',
    method: 'POST',
    path: '/language',
    headers: { 'content-type': 'image/png' },
    body: new Uint8Array([0xff, 0]),
    status: 400,
  },
  { name: 'a provider nobody configured', path: '/sign-in?provider=https://evil.example', status: 404 },
  { name: 'a page for people signed in', path: '/login-and-security', status: 401 },
  {
    name: 'somebody’s session',
    method: 'POST',
    path: '/login-and-security/sessions/x/end',
    headers: FORM,
    body: '',
    status: 401,
  },
];

const refuseEach = async (service: TestService): Promise<void> => {
  const failures: string[] = [];
  for (const language of ['ja', 'en']) {
    for (const odd of REFUSED) {
      const answer = await send(service, odd, language);
      try {
        assert.equal(answer.status, odd.status, odd.name);
        assertPage(odd.name, answer, language);
      } catch (error) {
        failures.push(`${language} ${odd.name}: ${answer.status} ${(error as Error).message.split('\n')[0]}`);
      }
    }
  }
  assert.deepEqual(failures, []);
  const expired = await send(service, { name: '', path: '/orders?state=x' }, 'en');
  assert.match(expired.page, /href="\/sign-in\?return=%2Forders%3Fstate%3Dx"/);
};

/** A generator of odd requests from one seed, so that a failure can be run again. */
const oddRequests = (seed: number, count: number, paths: readonly string[]): Odd[] => {
  let state = seed;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pick = <Item>(items: readonly Item[]): Item => items[draw(items.length)] as Item;
  const bits = [
    '%00',
    '%',
    '%ff',
    '%E3%81%82',
    '..',
    '//',
    ';x',
    '?',
    '&',
    '=',
    '[]',
    '__proto__',
    'x'.repeat(900),
    '-1',
    '%0d%0a',
    "'",
    '"',
    '<',
    '{}',
    '0',
    '%u3042',
    '999999999999999999999',
  ];
  const mutate = (path: string): string => {
    const at = draw(path.length + 1);
    return `${path.slice(0, at)}${pick(bits)}${path.slice(draw(2) === 0 ? at : Math.min(path.length, at + 3))}`;
  };
  const plain = (path: string): string => {
    const clean = path.replace(/[^\u0021-\u007e]/g, '');
    return clean.startsWith('/') ? clean : `/${clean}`;
  };
  const types = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=b',
    'multipart/form-data',
    'application/json',
    'text/plain',
    '',
    'x',
  ];
  const bodies = [
    '',
    'a=b',
    'language=xx&return=//evil',
    '%',
    '%00=%00',
    'address=%00&check=%00',
    '--b\r\nContent-Disposition: form-data; name="language"\r\n\r\nja\r\n--b--\r\n',
    '{"a":',
    '\u0000\u0001',
    'a='.repeat(2000),
    `x=${'%'.repeat(900)}`,
    'SAMLResponse=%00',
    'language=ja&return=/%00',
  ];
  const cookies = [
    '',
    'akashi-session=x',
    'akashi-session=%00; akashi-language=%',
    'akashi-language=xx; akashi-sign-in=y',
    '=;=;;',
    `a=${'b'.repeat(3000)}`,
  ];
  const methods = ['GET', 'GET', 'POST', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];
  return Array.from({ length: count }, (_, index) => {
    const method = pick(methods);
    const path = plain([0, 1, 2].slice(0, draw(4)).reduce((text) => mutate(text), pick(paths)));
    const headers: Record<string, string> = { cookie: pick(cookies), 'content-type': pick(types) };
    if (draw(3) === 0)
      headers['accept-language'] = pick(['*', 'xx', 'ja;q=x', ',,,', 'en-GB;q=0.1, ja', 'x'.repeat(500)]);
    if (draw(4) === 0) headers['origin'] = pick(['null', 'x', 'http://localhost', '']);
    const base = { name: `${index}: ${method} ${path}`, method, path, headers };
    return method === 'GET' || method === 'HEAD' ? base : { ...base, body: pick(bodies) };
  });
};

const PATHS = [
  '/',
  '/sign-in',
  '/sign-in?return=/orders',
  '/sign-in/university',
  '/saml/acs',
  '/saml/metadata',
  '/saml/discovery?entityID=x',
  '/sign-out',
  '/signed-out',
  '/login-and-security',
  '/login-and-security/sessions/00000000-0000-4000-8000-000000000001/end',
  '/language',
  '/manual',
  '/manual/search?q=x',
  '/inquiries',
  '/browsers',
  '/legal/terms',
  '/verify',
  '/verify/AK00-0000-0000',
  '/mail-address',
  '/mail-address/confirm/abc',
  '/mail-address/change',
  '/order/destination',
  '/orders',
  '/orders/AK-2026-000001',
  '/orders/AK-2026-000001/payment',
  '/payment/webhooks/sandbox',
  '/copier/v1/documents',
  '/assets/main.css',
];

const fuzz = async (t: TestContext, service: TestService): Promise<void> => {
  const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 2 ** 31);
  const count = Number(process.env['AKASHI_FUZZ'] ?? 600);
  t.diagnostic(`seed ${seed}, ${count} requests`);
  const failures: string[] = [];
  for (const odd of oddRequests(seed, count, PATHS)) {
    const answer = await send(service, odd, 'ja');
    if (answer.status >= 500 || answer.status < 200)
      failures.push(`${answer.status} ${odd.name} ${odd.body ?? ''}`);
  }
  assert.deepEqual(failures, [], `seed ${seed}`);
  assert.equal((await send(service, { name: 'alive', path: '/' }, 'ja')).status, 200);
};

test('odd requests', (t) =>
  withService({ university: { identityProviders: [createCampus('idp').configured] } }, async (service) => {
    await t.test('each refused one gets its status and a page in the reader’s language', () =>
      refuseEach(service),
    );
    await t.test('a fuzz of them finds no 500 and no dead process', (each) => fuzz(each, service));
  }));
