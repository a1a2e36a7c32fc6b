import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ErrorCode } from '#domain/error.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';
import { openBrowser } from '#test/support/browser.ts';
import { createCampus } from '#test/support/saml-campus.ts';
import { withService } from '#test/support/service.ts';
import { inspect } from './steps/inspect.ts';
import { openPlaywright } from './steps/playwright-engine.ts';
import { sendForm } from './steps/send-form.ts';
import { walkerOn } from './steps/walker.ts';

const REFUSALS: readonly [ErrorCode, number, (page: Page, address: string) => Promise<unknown>][] = [
  ['not-found', 404, (page, address) => page.goto(`${address}/no-such-page`)],
  ['bad-request', 400, (page, address) => page.goto(`${address}/manual?q=%00`)],
  ['session-expired', 401, (page, address) => page.goto(`${address}/orders`)],
  ['session-expired', 401, (page) => sendForm(page, '/order/certificates', 'action', 'next')],
  ['method-not-allowed', 405, (page) => sendForm(page, '/manual', 'q', 'x')],
  ['method-not-allowed', 405, (page, address) => page.goto(`${address}/sign-out`)],
  ['too-large', 413, (page) => sendForm(page, '/language', 'language', 'x'.repeat(300_000))],
  ['sign-in-expired', 400, (page) => sendForm(page, '/saml/acs', 'SAMLResponse', btoa('<not-saml/>'))],
];

/** Where pictures of every refusal go when somebody wants to look at them all. */
const PICTURES = process.env['AKASHI_REFUSAL_PICTURES'];

test('every refusal is a page that a person can go on from, in both languages', async () => {
  const university = { identityProviders: [createCampus('idp').configured] };
  await withService({ university }, async ({ address }) => {
    const browser = await openBrowser();
    try {
      for (const language of ['ja', 'en'] as const satisfies readonly Language[]) {
        const context = { locale: language, viewport: { width: 390, height: 844 } };
        const { engine, page } = await openPlaywright(browser, { name: `refusals in ${language}`, context });
        const walker = walkerOn(engine, language);
        for (const [index, [code, status, bringAbout]] of REFUSALS.entries()) {
          await page.goto(address);
          const [answer] = await Promise.all([
            page.waitForResponse((one) => one.request().isNavigationRequest() && one.status() >= 400),
            bringAbout(page, address),
          ]);
          await walker.see('h1', messagesFor(language).errors.codes[code].title);
          assert.equal(answer.status(), status, code);
          assert.equal(await walker.read('main code'), answer.headers()['x-request-id'], code);
          assert.ok(await walker.sees('main a.button'), `${code} leads nowhere`);
          await inspect(walker, code);
          if (PICTURES === undefined) continue;
          mkdirSync(PICTURES, { recursive: true });
          writeFileSync(join(PICTURES, `${index}-${code}-${language}.png`), await engine.screenshot());
        }
        assert.deepEqual(walker.complaints(), []);
        await engine.close();
      }
    } finally {
      await browser.close();
    }
  });
});

test('the first page takes at most 30 KB in all, and asks no other host for anything', async () => {
  const university = { identityProviders: [createCampus('idp').configured] };
  await withService({ university }, async ({ address }) => {
    const browser = await openBrowser();
    try {
      const context = { locale: 'ja-JP', viewport: { width: 390, height: 844 } };
      const { engine, page } = await openPlaywright(browser, { name: 'first visit', context });
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      let bytes = 0;
      session.on('Network.loadingFinished', (event) => {
        bytes += event.encodedDataLength;
      });
      await page.goto(address, { waitUntil: 'networkidle' });
      assert.ok(bytes > 0 && bytes <= 30 * 1024, `${bytes} bytes`);
      assert.deepEqual(engine.complaints(), []);
    } finally {
      await browser.close();
    }
  });
});
