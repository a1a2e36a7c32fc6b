import { openBrowser } from '#test/support/browser.ts';
import { byPlaywright, contextOf } from './engine.ts';
import { tourIn } from './tour.ts';

for (const javaScriptEnabled of [true, false]) {
  tourIn({
    name: javaScriptEnabled ? 'Chromium' : 'Chromium without script',
    absent: 'Chromium (Debian package chromium) is not installed: nobody walked in it',
    open: async (size, language) => {
      const phone = size.name === 'phone' ? { isMobile: true, hasTouch: true } : {};
      const context = { ...contextOf(size, language), ...phone, javaScriptEnabled };
      return byPlaywright('Chromium', await openBrowser(), context);
    },
  });
}
