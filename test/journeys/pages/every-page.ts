import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Language } from '#platform/i18n/language.ts';
import { openBrowser } from '#test/support/browser.ts';
import { createCampus } from '#test/support/saml-campus.ts';
import { withService } from '#test/support/service.ts';
import { openPlaywright } from '../steps/playwright-engine.ts';
import type { LookedAt } from './list.ts';
import { LOOKED_AT, NO_PAGES } from './list.ts';
import { faultsOf } from './look.ts';
import type { Standing, Who } from './standing.ts';
import { standUp, WHO } from './standing.ts';

/** Where pictures go when somebody wants to look at the pages: `AKASHI_LOOK=folder`. */
const PICTURES = process.env['AKASHI_LOOK'];

const post = async (page: Page, action: string, fields: Readonly<Record<string, string>>): Promise<void> => {
  await page.evaluate(
    ([to, typed]) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action: to });
      for (const [name, value] of Object.entries(typed)) {
        const input = document.createElement('input');
        Object.assign(input, { type: 'hidden', name, value });
        form.append(input);
      }
      document.body.append(form);
      form.submit();
    },
    [action, fields] as const,
  );
};

/** Brings the page about; the answer's status. */
const open = async (page: Page, standing: Standing, { path, prepare, form }: LookedAt): Promise<number> => {
  await standing.reset();
  await prepare?.(standing);
  const address = `${standing.baseUrl}${await path(standing)}`;
  if (form === undefined) return (await page.goto(address))?.status() ?? 0;
  await page.goto(`${standing.baseUrl}/inquiries`);
  const answered = page.waitForResponse(
    (one) => one.request().isNavigationRequest() && (one.status() < 300 || one.status() >= 400),
  );
  await post(page, address, form(standing));
  const answer = await answered;
  await page.waitForLoadState();
  return answer.status();
};

/** What makes one page the same as another: its text and form, not the numbers that differ. */
const printOf = (page: Page): Promise<string> =>
  page.evaluate(() => document.documentElement.outerHTML.replaceAll(/[\w-]{20,}|\d+/g, ''));

const picture = async (page: Page, language: Language, name: string): Promise<void> => {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  const file = name.replaceAll(/[^\w]+/g, '-').replaceAll(/^-|-$/g, '') || 'start';
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const path = join(PICTURES, `${file}-${language}-${colorScheme}.png`);
    await page.screenshot({ path, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
};

/**
 * Looks at every page in each of its states; fails with everything that is wrong anywhere. In turns each page is looked at
 * in one of the languages.
 */
export const lookAtEveryPage = async (
  languages: readonly Language[],
  { inTurns }: { readonly inTurns: boolean },
): Promise<void> => {
  const university = {
    identityProviders: [createCampus('idp').configured, createCampus('staff').configured],
  };
  await withService({ university }, async (service) => {
    const listed = new Set(LOOKED_AT.map(({ route }) => route));
    const pages = service.routes.filter(
      ({ method, path }) => method === 'GET' && !NO_PAGES.some((one) => one.test(path)),
    );
    assert.deepEqual(
      [...new Set(pages.map(({ path }) => path))].filter((path) => !listed.has(path)),
      [],
      'pages that nobody looks at',
    );
    const standing = await standUp(service);
    const browser = await openBrowser();
    const faults: string[] = [];
    try {
      for (const [turn, language] of languages.entries()) {
        const seen = new Set<string>();
        const tabs = new Map<Who, Awaited<ReturnType<typeof openPlaywright>>>();
        for (const who of WHO) {
          const context = { locale: 'en', viewport: { width: 360, height: 740 }, baseURL: service.baseUrl };
          const tab = await openPlaywright(browser, { name: `${who} ${language}`, context });
          const url = service.baseUrl;
          const cookies = [{ name: 'akashi-language', value: String(language), url }];
          if (who !== 'nobody') cookies.push({ name: 'akashi-session', value: standing.cookieOf[who], url });
          await tab.page.context().addCookies(cookies);
          tabs.set(who, tab);
        }
        for (const [place, one] of LOOKED_AT.entries()) {
          if (inTurns && place % languages.length !== turn) continue;
          const tab = tabs.get(one.as ?? 'nobody');
          if (tab === undefined) continue;
          const { page } = tab;
          const at = `${language} ${one.name}`;
          const status = await open(page, standing, one).catch((error: unknown) => String(error));
          if (status !== (one.status ?? 200)) faults.push(`${at}: status ${status}`);
          const lang = await page.locator('html').getAttribute('lang');
          if (lang !== language) faults.push(`${at}: in ${lang}`);
          const print = await printOf(page);
          if (seen.has(print)) continue;
          seen.add(print);
          await picture(page, language, one.name);
          for (const fault of await faultsOf(page)) faults.push(`${at}: ${fault}`);
        }
        for (const { engine } of tabs.values()) {
          faults.push(...engine.complaints());
          await engine.close();
        }
      }
    } finally {
      await browser.close();
    }
    assert.equal(faults.join('\n'), '');
  });
};
