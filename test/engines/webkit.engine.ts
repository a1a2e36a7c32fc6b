import type { EngineMaker } from './engine.ts';
import { signInAcrossSites, tourIn } from './tour.ts';
import { openWebDriverEngine } from './webdriver-engine.ts';
import { openWebKit } from './webkit.ts';

const WEBKIT: EngineMaker = {
  name: 'WebKitGTK',
  absent:
    'WebKitGTK (Debian packages webkit2gtk-driver, xvfb and locales) is not installed: nobody walked in it',
  open: async (size, language) => {
    const webKit = await openWebKit(size, language);
    return webKit && openWebDriverEngine('WebKitGTK', webKit, size);
  },
};

tourIn(WEBKIT);
signInAcrossSites(WEBKIT);
