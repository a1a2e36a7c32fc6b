import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { writeResponse } from '#dev/identity-provider/response.ts';
import { messagesFor } from '#messages/messages.ts';
import { formatDate, formatDay, formatInstant, formatYen } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';
import { LANGUAGES, negotiateLanguage } from '#platform/i18n/language.ts';
import {
  beginAt,
  cookiesOf,
  createCampus,
  encryptionCertificatesOf,
  postTo,
  rightPlan,
} from '#test/support/saml-campus.ts';
import { withService } from '#test/support/service.ts';

const ALL = Object.keys(LANGUAGES) as Language[];

type Texts = { readonly [name: string]: unknown };

/** Every text of a catalogue by its path, functions called with what they might be given. */
const textsOf = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([name, value]): [string, string][] => {
    const at = `${path}.${name}`;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function')
      return [[at, String((value as (...all: unknown[]) => unknown)(['①'], ['②'], ['③'], ['④']))]];
    return textsOf(value as Texts, at);
  });

test('a catalogue has every text of the source, none empty, with everything it is given', () => {
  const source = new Map(textsOf(messagesFor('ja')));
  for (const language of ALL) {
    const texts = new Map(textsOf(messagesFor(language)));
    assert.deepEqual([...texts.keys()].sort(), [...source.keys()].sort(), language);
    for (const [path, text] of texts) assert.notEqual(text.trim(), '', `${language} ${path}`);
  }
});

test('Chinese and Korean are written in their own script', () => {
  // Names of things that are the same everywhere, and what is only a number between two texts.
  const same = /^(PIN|GPA|[①-④\s×=:,()（）、·-]*)$/;
  for (const [language, script] of [
    ['zh-Hans', /\p{Script=Han}/u],
    ['ko', /\p{Script=Hangul}/u],
  ] as const) {
    const english = new Map(textsOf(messagesFor('en')));
    for (const [path, text] of textsOf(messagesFor(language))) {
      if (same.test(text)) continue;
      if (text === english.get(path)) assert.match(text, /[①-④]/, `${language} ${path} is English`);
      else assert.match(text, script, `${language} ${path}: ${text}`);
    }
    const kana = textsOf(messagesFor(language)).filter(([, text]) => /\p{Script=Hiragana}/u.test(text));
    for (const [path, text] of kana)
      assert.match(text, /[（(][^)）]*\p{Script=Hiragana}/u, `${path}: ${text}`);
  }
});

test('a browser’s wish is answered with the nearest language that there is', () => {
  const cases: [string, Language][] = [
    ['zh', 'zh-Hans'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-Hans'],
    ['zh-Hans-SG', 'zh-Hans'],
    ['zh-TW,en;q=0.5', 'en'],
    ['ko-KR,ko;q=0.9', 'ko'],
    ['fr,ko;q=0.4,en;q=0.2', 'ko'],
    ['en-AU', 'en'],
    ['ja-JP', 'ja'],
    ['fr', 'ja'],
    ['', 'ja'],
    ['zh;q=0,en', 'en'],
    ['%%%,en;q=0.1', 'en'],
    ['constructor', 'ja'],
  ];
  for (const [header, language] of cases) assert.equal(negotiateLanguage(header), language, header);
});

test('dates and money are written as each language writes them', () => {
  const date = Temporal.PlainDate.from('2026-11-29');
  const instant = Temporal.Instant.from('2026-11-29T14:59:00Z');
  const written = (language: Language) => [
    formatYen(1420, language),
    formatDate(date, language),
    formatDay(date, language),
    formatInstant(instant, language),
  ];
  assert.deepEqual(written('ja'), ['1,420円', '2026年11月29日', '11月29日(日)', '11月29日(日) 23:59']);
  assert.deepEqual(written('en'), ['1,420 yen', '29 November 2026', 'Sun 29 Nov', 'Sun 29 Nov, 23:59']);
  assert.deepEqual(written('zh-Hans'), [
    '1,420日元',
    '2026年11月29日',
    '11月29日(周日)',
    '11月29日(周日) 23:59',
  ]);
  assert.deepEqual(written('ko'), ['1,420엔', '2026년 11월 29일', '11월 29일(일)', '11월 29일(일) 23:59']);
});

test('a language is one catalogue and one entry in each list', () => {
  const folders = readdirSync(resolve(import.meta.dirname, '../../messages'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  assert.deepEqual(folders.sort(), ALL.map((language) => language.toLowerCase()).sort());
  for (const folder of folders)
    assert.deepEqual(
      readdirSync(resolve(import.meta.dirname, '../../messages', folder)),
      readdirSync(resolve(import.meta.dirname, '../../messages/ja')),
      join('messages', folder),
    );
});

const PAGES = ['/', '/browsers', '/inquiries', '/manual', '/legal/terms', '/verify', '/nowhere'];
const OWN = ['/order/destination', '/orders', '/mail-address/change', '/login-and-security'];

test('the main pages open in every language, and what the university wrote falls back to English', async () => {
  const campus = createCampus('idp');
  await withService({ university: { identityProviders: [campus.configured] } }, async (service) => {
    const { address, baseUrl, db } = service;
    const [encryptionCertificate = ''] = await encryptionCertificatesOf(address);
    const begun = await beginAt(address);
    const xml = await writeResponse(rightPlan(campus, { baseUrl, encryptionCertificate }, begun.requestId));
    const session = cookiesOf(await postTo(address, Buffer.from(xml).toString('base64'), begun.cookie));
    await sql`update account set mail_address = 'misaki@example.jp', mail_verified_at = now()`.execute(db);
    await fetch(`${address}/terms`, { headers: { cookie: session } });
    for (const language of ALL) {
      const texts = messagesFor(language);
      const cookie = `akashi-language=${language}`;
      for (const path of [...PAGES, ...OWN]) {
        const isOwn = OWN.includes(path);
        const kept = session.replace(/akashi-language=[^;]*/, '');
        const headers = { cookie: isOwn ? `${kept}; ${cookie}` : cookie };
        const answer = await fetch(address + path, { headers });
        const page = await answer.text();
        assert.ok([200, 404].includes(answer.status), `${language} ${path}: ${answer.status}`);
        assert.match(page, new RegExp(`<html lang="${language}"`), `${language} ${path}`);
        assert.ok(page.includes(texts.frame.footer.inquiries), `${language} ${path}`);
        assert.doesNotMatch(page, /undefined|\[object|<(h1|h2|h3|button|dt|label)[^>]*>\s*<\//, path);
        assert.match(page, new RegExp(`<option value="${language}"[^>]* selected`), path);
      }
      const start = await (await fetch(`${address}/`, { headers: { 'accept-language': language } })).text();
      assert.ok(start.includes(texts.information.start.noteHeading));
      assert.ok(start.includes(language === 'ja' ? '暁月大学' : 'Akatsuki University'));
    }
  });
});
