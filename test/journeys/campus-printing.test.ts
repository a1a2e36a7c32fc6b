import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openBrowser } from '#test/support/browser.ts';
import { orderFareDiscount, printOnCampus } from './steps/campus.ts';
import { openPlaywright } from './steps/playwright-engine.ts';
import { comeIn } from './steps/sign-in.ts';
import { walkerOn } from './steps/walker.ts';
import { beginWalk, withWorld } from './steps/world.ts';

const WAYS = [
  { language: 'en', context: { viewport: { width: 900, height: 1000 } } },
  { language: 'ja', context: { viewport: { width: 390, height: 844 }, javaScriptEnabled: false } },
] as const;

test('a fare discount is ordered free of charge and comes out of a campus printer for its PIN, with and without script', () =>
  withWorld(async (world) => {
    const browser = await openBrowser();
    try {
      for (const { language, context } of WAYS) {
        const locale = language === 'ja' ? 'ja-JP' : 'en-GB';
        const name = `campus ${language}`;
        const { engine, page } = await openPlaywright(browser, { name, context: { locale, ...context } });
        const folder = process.env['AKASHI_LOOK'];
        const picture = async (file: string): Promise<void> => {
          const options = { fullPage: true };
          if (folder !== undefined)
            writeFileSync(join(folder, `campus-${language}-${file}.png`), await page.screenshot(options));
        };
        try {
          const walk = await beginWalk(world, walkerOn(engine, language));
          await comeIn(walk, 'a0123456');
          await orderFareDiscount(walk);
          await printOnCampus(walk, picture);
        } catch (error) {
          const file = join(tmpdir(), `akashi-campus-${language}.png`);
          await page.screenshot({ path: file, fullPage: true }).catch(() => {});
          throw error;
        } finally {
          await engine.close();
        }
      }
    } finally {
      await browser.close();
    }
  }));
