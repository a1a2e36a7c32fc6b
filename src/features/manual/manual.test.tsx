import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Language } from '#platform/i18n/language.ts';
import { dressedApp } from '#test/support/dressed-app.ts';
import { createManualRoutes } from './index.ts';
import { searchSections } from './search.ts';
import { sectionsOf } from './sections.ts';

const folder = join(import.meta.dirname, '../../../manual');
const sectionsIn = (language: Language) =>
  sectionsOf(readFileSync(join(folder, language, 'manual.md'), 'utf8'));

const pageAt = async (path: string, language: Language): Promise<string> => {
  const app = dressedApp(language);
  app.route('/', createManualRoutes({ folder }));
  return (await app.request(path)).text();
};

test('both languages have the same chapters, each with its own anchor', () => {
  const anchors = sectionsIn('ja').map(({ anchor }) => anchor);
  assert.deepEqual(
    sectionsIn('en').map(({ anchor }) => anchor),
    anchors,
  );
  assert.equal(new Set(anchors).size, anchors.length);
  for (const number of ['1-1', '2-1', '2-2', '2-3', '2-4', '3-1', '6-2', '6-3', '6-4']) {
    assert.ok(anchors.includes(`section-${number}`), number);
  }
});

test('every reference inside the manual leads to a heading', async () => {
  for (const language of ['ja', 'en'] as const) {
    const page = await pageAt('/manual', language);
    for (const [, anchor] of page.matchAll(/href="#(section-[\d-]+)"/g)) {
      assert.ok(page.includes(`id="${anchor}"`), `${language} ${anchor}`);
    }
  }
});

test('the manual holds the table, the four notes and the three revisions', async () => {
  const page = await pageAt('/manual', 'en');
  assert.match(page, /Login Procedure for Current Students/);
  assert.equal(page.match(/<p>\*(?:The)/g)?.length, 4);
  for (const edition of ['8.0', '9.4.1', '11.3.0']) assert.ok(page.includes(`<td>${edition}</td>`), edition);
});

test('the search finds a section by every word, whatever its width or case', () => {
  const titles = (language: Language, query: string) =>
    searchSections(sectionsIn(language), query).map(({ section }) => section.anchor);
  assert.equal(titles('en', 'SWITCH languages')[0], 'section-2-4');
  assert.equal(titles('ja', 'ポトピ２４')[0], 'section-6-3');
  assert.equal(titles('ja', 'プリントサービスを選びます')[0], 'section-6-2', 'across bold type');
  assert.deepEqual(titles('en', 'languages zebra'), []);
  assert.deepEqual(titles('en', '  '), []);
});

test('the search works without script and shows what was typed as text', async () => {
  const found = await pageAt('/manual?q=Madoka', 'en');
  assert.ok(found.includes('href="/manual#section-6-4"'));
  const nothing = await pageAt(`/manual?q=${encodeURIComponent('<b>zebra')}`, 'ja');
  assert.ok(nothing.includes('&lt;b>zebra') || nothing.includes('&lt;b&gt;zebra'));
  assert.ok(!nothing.includes('<b>zebra'));
});
