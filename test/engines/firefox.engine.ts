import type { EngineMaker } from './engine.ts';
import { byPlaywright, contextOf } from './engine.ts';
import { FIREFOX_CONTEXT, openFirefox } from './firefox.ts';
import { signInAcrossSites, tourIn } from './tour.ts';

const FIREFOX: EngineMaker = {
  name: 'Firefox',
  absent: 'Firefox (Debian package firefox-esr) is not installed: nobody walked in it',
  open: async (size, language) => {
    const browser = await openFirefox();
    return browser && byPlaywright('Firefox', browser, { ...contextOf(size, language), ...FIREFOX_CONTEXT });
  },
};

tourIn(FIREFOX);
signInAcrossSites(FIREFOX);
