import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { copiesField } from '#domain/order/draft.ts';
import type { Campus } from '#test/support/saml-campus.ts';
import { createCampus } from '#test/support/saml-campus.ts';
import type { TestService } from '#test/support/service.ts';
import { withService } from '#test/support/service.ts';
import { OTHER_STUDENT, signInAt } from '#test/support/sign-in.ts';
import type { HostileForm, Standing } from './form-list.ts';
import { FORMS, MACHINES } from './form-list.ts';

type Sent = { readonly name: string; readonly body: string | Uint8Array | FormData; readonly type?: string };

const SCRIPT = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
/** Each is put into each field in turn. */
const SPOILT: Readonly<Record<string, string>> = {
  empty: '',
  overlong: 'x'.repeat(100_000),
  'overlong and wide': '証'.repeat(25_000),
  control: 'a\u0001\u001b[31m\u007f\u0085b',
  nul: 'a\0b',
  'a lone surrogate': '\ud800',
  'right to left': '\u202eelbaliava\u2067',
  html: SCRIPT,
  sql: "'; drop table account; -- \\' or 1=1",
  template: '{{7*7}}${7*7}%s%n',
  number: '-1e999',
  path: '../../../../etc/passwd',
  prototype: '__proto__',
};
const FORM = 'application/x-www-form-urlencoded';

/** As a browser encodes it, but a lone surrogate as its three bytes, which are not UTF-8. */
const encode = (fields: Iterable<readonly [string, string]>): string =>
  new URLSearchParams([...fields].map(([name, value]) => [name, value]))
    .toString()
    .replaceAll('%EF%BF%BD', '%ED%A0%80');

const casesOf = (fields: Readonly<Record<string, string>>): Sent[] => {
  const all = Object.entries(fields);
  const perField = Object.keys(fields).flatMap((field, place): Sent[] => {
    // Long forms treat their fields alike: the third field and those after it take turns.
    const spoilt = Object.entries(SPOILT).filter((_, turn) => place < 2 || (turn + place) % 5 === 0);
    const others = all.filter(([name]) => name !== field);
    const file = new FormData();
    for (const [name, value] of others) file.set(name, value);
    file.set(field, new Blob(['MZ']), 'virus.exe');
    return [
      ...spoilt.map(([kind, value]) => ({
        name: `${field}: ${kind}`,
        body: encode([...others, [field, value]]),
      })),
      { name: `${field}: missing`, body: encode(others) },
      { name: `${field}: twice`, body: encode([...all, [field, SCRIPT]]) },
      { name: `${field}: an array`, body: encode([...others, [`${field}[]`, 'a'], [`${field}[x]`, 'b']]) },
      { name: `${field}: a file`, body: file },
    ];
  });
  const right = encode(all);
  return [
    ...perField,
    { name: 'nothing', body: '' },
    { name: 'as it should be', body: right },
    { name: 'sent again', body: right },
    {
      name: 'unknown fields',
      body: encode([...all, [SCRIPT, SCRIPT], ['constructor', 'x'], ['is_admin', '1']]),
    },
    {
      name: 'a thousand fields',
      body: encode(Array.from({ length: 1000 }, (_, at) => [`typed.${at}`, 'x'] as const)),
    },
    { name: 'broken escapes', body: '%=%&%u3042=%zz&=&&' },
    { name: 'json', body: JSON.stringify(fields), type: 'application/json' },
    { name: 'plain text', body: right, type: 'text/plain' },
    { name: 'no type', body: right, type: '' },
    { name: 'multipart without a boundary', body: right, type: 'multipart/form-data' },
    {
      name: 'multipart cut off',
      body: '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
      type: 'multipart/form-data; boundary=b',
    },
    { name: 'oversized', body: 'x'.repeat(300_000) },
  ];
};

type Ground = { readonly service: TestService; readonly campus: Campus; readonly standing: Standing };

/** Every request comes from a network of its own, so that no throttle hides the answer. */
let networks = 0;

const post = (service: TestService, path: string, sent: Sent, language: string, cookie: string) => {
  networks += 1;
  const type = sent.type ?? (sent.body instanceof FormData ? undefined : FORM);
  return fetch(`${service.address}${path}`, {
    method: 'POST',
    // Bytes, so that `fetch` adds no type of its own.
    body: typeof sent.body === 'string' ? new TextEncoder().encode(sent.body) : (sent.body as FormData),
    headers: {
      cookie,
      origin: service.baseUrl,
      'accept-language': language,
      'x-forwarded-for': `10.${networks >> 8}.${networks & 255}.1`,
      ...(type === undefined || type === '' ? {} : { 'content-type': type }),
    },
    redirect: 'manual',
  });
};

const unescape = (html: string): string =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** A page that a person can go on from: their language, no foreign markup, a number to quote, mistakes that lead to their fields. */
const assertHumane = async (answer: Response, language: string): Promise<string> => {
  // 503: the payment company is not there in this test.
  assert.ok(answer.status < 500 || answer.status === 503, `status ${answer.status}`);
  if (answer.status === 303) {
    assert.match(answer.headers.get('location') ?? '', /^\/(?!\/)/);
    return '';
  }
  const page = await answer.text();
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  assert.ok(page.includes(`<html lang="${language}">`), `not in ${language}`);
  assert.ok(!page.includes('<script>alert') && !page.includes('<img src=x'), 'markup came through');
  // A link that has ended has a page of its own words, and nothing to ask about.
  const ended = answer.url.includes('/delivery/') && [404, 410].includes(answer.status);
  if (
    !ended &&
    [400, 401, 403, 404, 405, 413].includes(answer.status) &&
    !page.includes('class="button" href="/sign-in')
  )
    assert.ok(
      page.includes(`<code>${answer.headers.get('x-request-id')}</code>`),
      `${answer.status} without a number`,
    );
  if (answer.status === 422) {
    // Where the field itself is gone, as after too many wrong codes, a notice says what comes next.
    assert.match(page, /class="(field__error|notice)"[^>]*>[^<]/, 'no message beside a field');
    for (const [, field] of page.matchAll(/<li><a href="#([^"]+)">/g))
      assert.ok(page.includes(`id="${field}"`), `the summary leads nowhere: ${field}`);
  }
  return page;
};

const assertKept = (page: string, fields: Readonly<Record<string, string>>): void => {
  const text = unescape(page);
  for (const [name, value] of Object.entries(fields)) {
    const isText = new RegExp(
      `<(textarea|input)(?=[^>]*name="${RegExp.escape(name)}")(?![^>]*type="(hidden|radio|checkbox)")`,
    );
    if (isText.test(page)) assert.ok(text.includes(value.slice(0, 200)), `${name} was lost`);
  }
};

const tryForm = async ({ service, campus, standing }: Ground, form: HostileForm): Promise<string[]> => {
  const failures: string[] = [];
  let tried = 0;
  let cookie = await signInAt(service, campus);
  const attempt = async (sent: Sent, check: (answer: Response, language: string) => Promise<void>) => {
    tried += 1;
    const language = tried % 2 === 0 ? 'ja' : 'en';
    if (form.ends === true) cookie = await signInAt(service, campus);
    await form.prepare?.(standing);
    const answer = await post(
      service,
      form.path(standing),
      sent,
      language,
      `akashi-language=${language}; ${cookie}`,
    );
    await check(answer, language).catch((error: unknown) =>
      failures.push(
        `${form.route} ${sent.name}: ${answer.status} ${(error as Error).message.split('\n')[0]}`,
      ),
    );
  };
  for (const sent of casesOf(form.fields(standing)))
    await attempt(sent, async (answer, language) => void (await assertHumane(answer, language)));
  for (const wrong of form.wrong ?? []) {
    for (const again of [1, 2]) {
      const sent = {
        name: `wrong ${JSON.stringify(wrong).slice(0, 60)} ${again}`,
        body: encode(Object.entries(wrong)),
      };
      await attempt(sent, async (answer, language) => {
        assert.equal(answer.status, 422);
        assertKept(await assertHumane(answer, language), wrong);
      });
    }
  }
  if (form.public !== true) {
    const right = { name: 'after the session', body: encode(Object.entries(form.fields(standing))) };
    for (const language of ['ja', 'en']) {
      const answer = await post(service, form.path(standing), right, language, 'akashi-session=gone');
      const page = await assertHumane(answer, language);
      if (answer.status !== 401 || !page.includes('href="/sign-in'))
        failures.push(`${form.route} after the session: ${answer.status}`);
    }
  }
  return failures;
};

const tryStranger = async ({ service, campus, standing }: Ground): Promise<void> => {
  const stranger = await signInAt(service, campus, OTHER_STUDENT);
  await standing.db
    .updateTable('account')
    .set({
      mail_address: 'x@example.jp',
      mail_verified_at: Temporal.Now.instant(),
      terms_version: standing.termsVersion,
      terms_accepted_at: Temporal.Now.instant(),
    })
    .execute();
  for (const form of FORMS.filter(({ route }) => route.startsWith('/orders/'))) {
    for (const language of ['ja', 'en']) {
      const sent = { name: '', body: encode(Object.entries(form.fields(standing))) };
      const answer = await post(
        service,
        form.path(standing),
        sent,
        language,
        `akashi-language=${language}; ${stranger}`,
      );
      assert.equal(answer.status, 404, form.route);
      await assertHumane(answer, language);
    }
  }
};

/** Signs in, agrees, has an address and places one order, by the service's own forms where it has them. */
const settleIn = async (service: TestService, campus: Campus): Promise<Standing> => {
  const { db } = service;
  const cookie = await signInAt(service, campus);
  const terms = await (await fetch(`${service.address}/terms`, { headers: { cookie } })).text();
  const termsVersion =
    /name="agree"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="agree"/.exec(terms)?.slice(1).find(Boolean) ??
    '';
  assert.notEqual(termsVersion, '');
  const send = (path: string, fields: Record<string, string>) =>
    post(service, path, { name: '', body: encode(Object.entries(fields)) }, 'en', cookie);
  await send('/terms', { agree: termsVersion, return: '/' });
  await db
    .updateTable('account')
    .set({ mail_address: 'old@example.jp', mail_verified_at: Temporal.Now.instant() })
    .execute();
  await send('/order/destination', { destination: 'store' });
  const page = await (await fetch(`${service.address}/order/certificates`, { headers: { cookie } })).text();
  const [field = ''] = page.match(/copies\.[\w-]+\.enrolment\.ja/) ?? [];
  assert.equal(field, copiesField(field.split('.')[1] ?? '', 'enrolment', 'ja'));
  const copies = { [field]: '1' };
  await send('/order/certificates', { ...copies, action: 'next' });
  const confirmation = await (
    await fetch(`${service.address}/order/confirmation`, { headers: { cookie } })
  ).text();
  const [, key = ''] = /name="key" value="([^"]+)"/.exec(confirmation) ?? [];
  const placed = await send('/order/confirmation', { key });
  const orderNumber = (placed.headers.get('location') ?? '').split('/')[2] ?? '';
  assert.match(orderNumber, /^[0-9A-Z-]+$/, placed.headers.get('location') ?? `status ${placed.status}`);
  return { db, orderNumber, copies, termsVersion };
};

test('every form of the service is on the list, and stands whatever is put into it', async (t: TestContext) => {
  const campus = createCampus('idp');
  await withService({ university: { identityProviders: [campus.configured] } }, async (service) => {
    const posts = service.routes.filter(({ method }) => method === 'POST').map(({ path }) => path);
    const listed = new Set(FORMS.map(({ route }) => route));
    const isMachine = (path: string) => MACHINES.some((prefix) => path.startsWith(prefix));
    assert.deepEqual(
      [...new Set(posts)].filter((path) => !listed.has(path) && !isMachine(path)),
      [],
    );
    assert.deepEqual(
      [...listed].filter((route) => !posts.includes(route)),
      [],
    );
    const standing = await settleIn(service, campus);
    const ground = { service, campus, standing };
    for (const form of FORMS) {
      await t.test(`${form.route} (${Object.keys(form.fields(standing)).length} fields)`, async () => {
        assert.deepEqual(await tryForm(ground, form), []);
      });
    }
    await t.test('a form of somebody else’s order finds no such page', () => tryStranger(ground));
    assert.equal((await fetch(service.address)).status, 200, 'alive');
  });
});
