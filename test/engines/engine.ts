import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Language } from '#platform/i18n/language.ts';
import { openPlaywright } from '../journeys/steps/playwright-engine.ts';
import type { Engine } from '../journeys/steps/walker.ts';

export type Size = { readonly name: 'desktop' | 'phone'; readonly width: number; readonly height: number };

export const SIZES: readonly [Size, Size] = [
  { name: 'desktop', width: 1280, height: 900 },
  { name: 'phone', width: 390, height: 844 },
];

export type Attachment = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** An engine that can be given a photograph and cut from the network. */
export type TriedEngine = Engine & {
  readonly attach: (selector: string, file: Attachment) => Promise<void>;
  /** Takes the network away; `stopServer` where the engine has no such switch. */
  readonly goOffline: (stopServer: () => Promise<void>) => Promise<void>;
};

export type EngineMaker = {
  readonly name: string;
  /** Named at the end of a run in which the engine was not there. */
  readonly absent: string;
  /** Undefined where the engine is not installed. */
  readonly open: (size: Size, language: Language) => Promise<TriedEngine | undefined>;
};

export const contextOf = ({ width, height }: Size, language: Language): BrowserContextOptions => ({
  ignoreHTTPSErrors: true,
  locale: language === 'ja' ? 'ja-JP' : 'en-GB',
  viewport: { width, height },
});

export const byPlaywright = async (
  name: string,
  browser: Browser,
  context: BrowserContextOptions,
): Promise<TriedEngine> => {
  const { engine, page } = await openPlaywright(browser, { name, context });
  return {
    ...engine,
    attach: (selector, file) => page.setInputFiles(selector, file),
    goOffline: () => page.context().setOffline(true),
    close: () => browser.close(),
  };
};
