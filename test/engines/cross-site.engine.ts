import { test } from 'node:test';
import { walkSignIn, withServiceAndPeer } from '#test/peers/simplesamlphp/walk.ts';
import { skipLoudly } from '#test/support/skip.ts';
import { FIREFOX_CONTEXT, openFirefox } from './firefox.ts';

test('Firefox: the assertion posted from another site arrives, with a real SimpleSAMLphp', async (t) => {
  const browser = await openFirefox();
  if (browser === undefined) return skipLoudly(t, 'Firefox is not installed: no cross-site sign-in in it');
  try {
    await withServiceAndPeer(t, 'address', async (service) => {
      const options = { ignoreHTTPSErrors: true, locale: 'en-GB', ...FIREFOX_CONTEXT };
      await walkSignIn(await browser.newContext(options), service);
    });
  } finally {
    await browser.close();
  }
});
