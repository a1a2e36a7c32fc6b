import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Language } from '#platform/i18n/language.ts';
import { openBrowser } from '#test/support/browser.ts';
import { openPlaywright } from '../journeys/steps/playwright-engine.ts';
import type { Engine } from '../journeys/steps/walker.ts';
import { FIREFOX_CONTEXT, openFirefox } from './firefox.ts';

export type Size = { readonly name: 'desktop' | 'phone'; readonly width: number; readonly height: number };

export const SIZES: readonly Size[] = [
  { name: 'desktop', width: 1280, height: 900 },
  { name: 'phone', width: 390, height: 844 },
];

/** An engine that can be given a photograph and cut from the network. */
export type TriedEngine = Engine & {
  readonly attach: (selector: string, file: Attachment) => Promise<void>;
  /** Takes the network away; `stopServer` where the engine has no such switch. */
  readonly goOffline: (stopServer: () => Promise<void>) => Promise<void>;
};

export type Attachment = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

export type EngineMaker = {
  readonly name: string;
  /** Named at the end of a run in which the engine was not there. */
  readonly absent: string;
  /** Undefined where the engine is not installed. */
  readonly open: (size: Size, language: Language) => Promise<TriedEngine | undefined>;
};

const byPlaywright = async (
  name: string,
  browser: Browser,
  options: BrowserContextOptions,
): Promise<TriedEngine> => {
  const { engine, page } = await openPlaywright(browser, { name, context: options });
  return {
    ...engine,
    attach: (selector, file) => page.setInputFiles(selector, file),
    goOffline: () => page.context().setOffline(true),
    close: () => browser.close(),
  };
};

const contextOf = ({ width, height }: Size, language: Language): BrowserContextOptions => ({
  locale: language === 'ja' ? 'ja-JP' : 'en-GB',
  viewport: { width, height },
});

export const ENGINES: readonly EngineMaker[] = [
  {
    name: 'Chromium',
    absent: 'Chromium',
    open: async (size, language) => {
      const phone = size.name === 'phone' ? { isMobile: true, hasTouch: true } : {};
      return byPlaywright('Chromium', await openBrowser(), { ...contextOf(size, language), ...phone });
    },
  },
  {
    name: 'Firefox',
    absent: 'Firefox (Debian package firefox-esr) is not installed: nobody walked in it',
    open: async (size, language) => {
      const browser = await openFirefox();
      return (
        browser && byPlaywright('Firefox', browser, { ...contextOf(size, language), ...FIREFOX_CONTEXT })
      );
    },
  },
];
