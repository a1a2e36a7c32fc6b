import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findBrowser } from '../../bin/install-browser.mjs';

/** A headless Chromium, with switches of its own where asked; fails with one sentence that names the package when there is none. */
export const openBrowser = async (switches: readonly string[] = []): Promise<Browser> => {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new Error(
      'No Chromium found: install the Debian package chromium, or name one in AKASHI_CHROMIUM.',
    );
  }
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...quiet, ...switches] });
};
