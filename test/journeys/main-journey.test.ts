import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Language } from '#platform/i18n/language.ts';
import { openBrowser } from '#test/support/browser.ts';
import { withKeyboardOnly } from './steps/keyboard.ts';
import { walkMainJourney } from './steps/main-journey.ts';
import { openPlaywright } from './steps/playwright-engine.ts';
import { walkerOn } from './steps/walker.ts';
import type { World } from './steps/world.ts';
import { beginWalk, withWorld } from './steps/world.ts';

const IMAGES = resolve(import.meta.dirname, '../../docs/images');
const DESKTOP = { width: 900, height: 1000 };
const PHONE = { width: 390, height: 844 };

type Way = {
  readonly name: string;
  readonly language: Language;
  readonly context: BrowserContextOptions;
  readonly keyboard?: boolean;
};

const WAYS: readonly Way[] = [
  { name: 'English on a desktop', language: 'en', context: { viewport: DESKTOP } },
  {
    name: 'Japanese on a phone',
    language: 'ja',
    context: { viewport: PHONE, isMobile: true, hasTouch: true },
  },
  {
    name: 'Japanese without script',
    language: 'ja',
    context: { viewport: PHONE, javaScriptEnabled: false },
  },
  { name: 'English by keyboard', language: 'en', context: { viewport: DESKTOP }, keyboard: true },
];

describe('a student signs in, registers an address, orders, pays, prints, and the sheet proves itself', () => {
  let world: World;
  let browser: Browser;
  const finish = Promise.withResolvers<void>();
  let finished: Promise<void>;

  before(async () => {
    const opened = Promise.withResolvers<World>();
    finished = withWorld(async (fresh) => {
      opened.resolve(fresh);
      await finish.promise;
    });
    finished.catch(opened.reject);
    world = await opened.promise;
    browser = await openBrowser();
  });

  after(async () => {
    await browser?.close();
    finish.resolve();
    await finished;
  });

  for (const { name, language, context, keyboard } of WAYS) {
    test(name, async () => {
      const locale = language === 'ja' ? 'ja-JP' : 'en-GB';
      const { engine, page } = await openPlaywright(browser, { name, context: { locale, ...context } });
      const used = keyboard === true ? withKeyboardOnly(engine, page) : engine;
      // Pictures are made when asked for, so that an ordinary run leaves the checkout as it was.
      const pictured = process.env['AKASHI_PICTURES'] === '1' && name === WAYS[0]?.name;
      const picture = async (file: string): Promise<void> => {
        if (pictured) writeFileSync(join(IMAGES, `${file}.png`), await engine.screenshot());
      };
      try {
        await walkMainJourney(await beginWalk(world, walkerOn(used, language)), picture);
      } catch (error) {
        const file = join(tmpdir(), `akashi-journey-${language}.png`);
        await page.screenshot({ path: file, fullPage: true }).catch(() => {});
        throw error;
      } finally {
        await engine.close();
      }
    });
  }
});
