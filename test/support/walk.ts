import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Development } from '#dev/development.ts';
import { findFreePorts } from '#dev/ports.ts';
import { startDevelopment } from '#dev/start.ts';
import type { Database } from '#platform/database/database.ts';
import { accessViolations } from './axe.ts';
import { openBrowser } from './browser.ts';
import { withDatabase } from './database.ts';

export type Walk = { readonly development: Development; readonly browser: Browser; readonly db: Database };

/** Runs `work` with everything `npm start` brings up, on a fresh database, and a browser. */
export const withDevelopment = (work: (walk: Walk) => Promise<void>): Promise<void> =>
  withDatabase(async ({ db, url }) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-walk-'));
    const ports = await findFreePorts();
    const development = await startDevelopment({ ports, dataFolder, databaseUrl: url, logLevel: 'error' });
    const browser = await openBrowser();
    try {
      await work({ development, browser, db });
    } finally {
      await browser.close();
      await development.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  });

/** On the campus's login page: signs a sample person in by one click and agrees to what is released. */
export const signInAs = async (page: Page, user: string): Promise<void> => {
  await page.locator(`button[name=persona][value=${user}]`).click();
  const consent = page.locator('button[value=accept]');
  const arrival = page.waitForURL(/\/(terms|mail-address|order|login-and-security)/);
  await Promise.race([consent.waitFor(), arrival]);
  if (await consent.isVisible()) await consent.click();
  await arrival;
};

/** The first match of `pattern` in a mail to `address`, the newest first, once it has come: a job sends it. */
export const awaitMail = async (
  { inboxUrl }: Development,
  address: string,
  pattern: RegExp,
): Promise<RegExpExecArray> => {
  for (const until = Date.now() + 30_000; Date.now() < until; ) {
    const mails = (await (await fetch(`${inboxUrl}/api/messages?to=${address}`)).json()) as {
      text: string;
    }[];
    for (const { text } of mails) {
      const found = pattern.exec(text);
      if (found !== null) return found;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`no mail to ${address} with ${pattern}`);
};

/** Waits for the page of that heading, and lets axe-core judge it. */
export const arrive = async (page: Page, heading: string | RegExp): Promise<void> => {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  assert.deepEqual(await accessViolations(page), [], String(heading));
};
