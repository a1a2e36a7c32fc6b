import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '#test/support/browser.ts';
import { openPlaywright } from '../../journeys/steps/playwright-engine.ts';
import type { Walker } from '../../journeys/steps/walker.ts';
import { walkerOn } from '../../journeys/steps/walker.ts';
import { logIn, sessionCookie, walkSignIn, withServiceAndPeer } from './walk.ts';

/** Runs `walk` as somebody who has not been anywhere. */
const asStranger = async (browser: Browser, walk: (walker: Walker) => Promise<void>): Promise<void> => {
  const context = { ignoreHTTPSErrors: true, locale: 'en-GB' };
  const { engine } = await openPlaywright(browser, { name: 'SimpleSAMLphp', context });
  await walk(walkerOn(engine, 'en'));
  await engine.close();
};

const REFUSED = [
  { user: 'locked01', password: 'lockedpass', query: '', title: 'The login was not completed' },
  { user: 'staff01', password: 'staffpass', query: '?strong=1', title: 'A second factor is needed' },
  {
    user: 'staff01',
    password: 'staffpass',
    query: '?fresh=1',
    title: 'We could not find your student record',
  },
];

for (const source of ['address', 'file'] as const) {
  test(`a real SimpleSAMLphp, its metadata from a ${source}, signs in and steps up in a browser`, (t) =>
    withServiceAndPeer(t, source, async (service) => {
      const browser = await openBrowser();
      try {
        await asStranger(browser, (walker) => walkSignIn(walker, service));
        for (const { user, password, query, title } of source === 'address' ? REFUSED : []) {
          await asStranger(browser, async (walker) => {
            await walker.open(`${service.baseUrl}/sign-in${query}`);
            await logIn(walker, user, password);
            await walker.see('h1', title);
            assert.equal(await sessionCookie(walker), '');
          });
        }
      } finally {
        await browser.close();
      }
    }));
}
