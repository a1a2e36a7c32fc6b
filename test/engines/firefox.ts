import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { firefox } from 'playwright-core';

const PLACES = [process.env['AKASHI_FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** The distribution's own Firefox by WebDriver BiDi, not a patched build; undefined where there is none. */
export const openFirefox = async (): Promise<Browser | undefined> => {
  const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
  return executablePath === undefined
    ? undefined
    : firefox.launch({ channel: 'moz-firefox', executablePath, headless: true });
};

/** What playwright asks of Firefox by default and the distribution's does not know. */
export const FIREFOX_CONTEXT = {
  colorScheme: null,
  reducedMotion: null,
  forcedColors: null,
  contrast: null,
} as const;
