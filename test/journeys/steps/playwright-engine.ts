import type { Browser, BrowserContextOptions, ElementHandle, Page } from 'playwright-core';
import type { Engine } from './walker.ts';
import { elementExpression } from './walker.ts';

export type PlaywrightOptions = {
  readonly name: string;
  readonly context: BrowserContextOptions;
};

/** The element an act is meant for; the walk has waited for it already. */
export const handleOf = async (page: Page, selector: string, text = ''): Promise<ElementHandle> => {
  const found = (await page.evaluateHandle(elementExpression(selector, text))).asElement();
  if (found === null) throw new Error(`no ${selector} ${text}`);
  return found as ElementHandle;
};

const isLocal = (url: string): boolean => /^(data:|blob:|about:)/.test(url);

/** Notes every request that a page sends to a host other than its own: only following a link may do that. */
const watch = (page: Page, complaints: string[]): void => {
  // Firefox still names the page before as the owner while the next one loads its first files.
  const namesOwnerLate = page.context().browser()?.browserType().name() === 'firefox';
  page.on('pageerror', (error) => complaints.push(`${page.url()} script: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (isLocal(url) || new URL(url).hostname !== 'localhost') {
      if (!isLocal(url)) complaints.push(`request to ${url}`);
      return;
    }
    if (request.isNavigationRequest()) return;
    if (namesOwnerLate) return;
    const owner = request.frame().url();
    if (owner.startsWith('http') && new URL(owner).origin !== new URL(url).origin)
      complaints.push(`${owner} asked ${url}`);
  });
};

/** Chromium or Firefox with a mouse. */
export const openPlaywright = async (
  browser: Browser,
  { name, context: options }: PlaywrightOptions,
): Promise<{ engine: Engine; page: Page }> => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  watch(page, complaints);
  const engine: Engine = {
    name,
    script: options.javaScriptEnabled !== false,
    examines: options.javaScriptEnabled !== false,
    open: async (url) => void (await page.goto(url)),
    evaluate: (expression) => page.evaluate(expression),
    press: async (selector, text) => (await handleOf(page, selector, text)).click(),
    type: async (selector, text) => (await handleOf(page, selector)).fill(text),
    choose: async (selector) => (await handleOf(page, selector)).check(),
    pick: async (selector, value) => void (await (await handleOf(page, selector)).selectOption(value)),
    cookie: async (cookie) => (await context.cookies(page.url())).find((one) => one.name === cookie),
    forgetCookie: (cookie) => context.clearCookies({ name: cookie }),
    screenshot: () => page.screenshot(),
    narrowed: async (look) => {
      const before = page.viewportSize();
      await page.setViewportSize({ width: 320, height: 640 });
      const seen = await look();
      if (before !== null) await page.setViewportSize(before);
      return seen;
    },
    complaints: () => complaints,
    close: () => context.close(),
  };
  return { engine, page };
};
