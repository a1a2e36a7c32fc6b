import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { openBrowser } from '#test/support/browser.ts';
import { MANUAL_STEPS, walkLoginManual } from './steps/login-manual.ts';
import { openPlaywright } from './steps/playwright-engine.ts';
import { walkerOn } from './steps/walker.ts';
import { beginWalk, withWorld } from './steps/world.ts';

const DOCS = resolve(import.meta.dirname, '../../docs');
const LARGEST_PICTURE = 60_000;
const pictureOf = (step: string, language: string): string => `images/login-manual/${step}-${language}.jpg`;

test('the page about the login manual has every step of it, with a picture in each language', () => {
  const page = readFileSync(join(DOCS, 'login-manual.md'), 'utf8');
  const written = [...page.matchAll(/^### (\d\.\d) step (\d)$/gm)].map(
    ([, section, step]) => `${section}-${step}`,
  );
  assert.deepEqual(written, [...MANUAL_STEPS]);
  for (const step of MANUAL_STEPS) {
    for (const language of ['ja', 'en']) {
      const file = pictureOf(step, language);
      assert.ok(page.includes(`(${file})`), `${file} is not shown`);
      assert.ok(existsSync(join(DOCS, file)), `${file} is not there`);
      assert.ok(statSync(join(DOCS, file)).size <= LARGEST_PICTURE, `${file} is too large`);
    }
  }
});

test('the login manual can be followed step by step, in Japanese and in English, on a phone', () =>
  withWorld(async (world) => {
    const browser = await openBrowser();
    try {
      for (const language of ['ja', 'en'] as const) {
        const locale = language === 'ja' ? 'ja-JP' : 'en-GB';
        const context = { locale, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
        const { engine, page } = await openPlaywright(browser, { name: `manual ${language}`, context });
        const performed: string[] = [];
        await walkLoginManual(await beginWalk(world, walkerOn(engine, language)), async (step) => {
          performed.push(step);
          if (process.env['AKASHI_PICTURES'] !== '1') return;
          const picture = await page.screenshot({ type: 'jpeg', quality: 60 });
          writeFileSync(join(DOCS, pictureOf(step, language)), picture);
        });
        assert.deepEqual(performed.toSorted(), [...MANUAL_STEPS]);
        assert.deepEqual(engine.complaints(), []);
        await engine.close();
      }
    } finally {
      await browser.close();
    }
  }));
