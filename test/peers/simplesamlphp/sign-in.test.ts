import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { openBrowser } from '#test/support/browser.ts';
import { logIn, sessionCookie, walkSignIn, withServiceAndPeer } from './walk.ts';

const refusals = async (context: BrowserContext, url: string): Promise<void> => {
  const outcomes = [
    { user: 'locked01', password: 'lockedpass', query: '', title: 'The login was not completed' },
    { user: 'staff01', password: 'staffpass', query: '?strong=1', title: 'A second factor is needed' },
    {
      user: 'staff01',
      password: 'staffpass',
      query: '?fresh=1',
      title: 'We could not find your student record',
    },
  ];
  for (const { user, password, query, title } of outcomes) {
    await context.clearCookies();
    const page = await context.newPage();
    await page.goto(`${url}/sign-in${query}`);
    await logIn(page, user, password);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    assert.equal(await sessionCookie(context), '');
    await page.close();
  }
};

for (const source of ['address', 'file'] as const) {
  test(`a real SimpleSAMLphp, its metadata from a ${source}, signs in and steps up in a browser`, (t) =>
    withServiceAndPeer(t, source, async (service) => {
      const browser = await openBrowser();
      try {
        const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });
        await walkSignIn(context, service);
        if (source === 'address') await refusals(context, service.baseUrl);
      } finally {
        await browser.close();
      }
    }));
}
