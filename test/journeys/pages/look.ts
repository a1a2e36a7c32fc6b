import type { Page } from 'playwright-core';
import { AXE, AXE_RUN } from '#test/support/axe.ts';

const SIDEWAYS = `(() => {
  const width = document.documentElement.clientWidth;
  const [wide] = [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > width + 1 && one.closest('.visually-hidden, svg') === null);
  return document.documentElement.scrollWidth > width ? ['scrolls sideways: ' + (wide?.outerHTML ?? '').slice(0, 200)] : [];
})()`;

/** Each thing that can have the focus shows that it has it; the page itself has been reached by keyboard. */
const FOCUS = `(() => {
  for (const closed of document.querySelectorAll('details')) closed.open = true;
  const stops = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const shows = (one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  };
  return [...document.querySelectorAll(stops)]
    .filter((one) => one.getClientRects().length > 0 && !one.disabled)
    .filter((one) => {
      one.focus();
      return document.activeElement !== one || ![one, one.closest('label')].some((each) => each !== null && shows(each));
    })
    .map((one) => 'no visible focus: ' + one.outerHTML.slice(0, 200));
})()`;

/** The frame: one heading of the first level, the pull-down with a button that needs no script, links to fields that are there. */
const FRAME = `(() => {
  const found = [];
  if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
  if (document.querySelector('form.language select#language') === null) found.push('no pull-down');
  if (document.querySelector('form.language button') === null) found.push('the pull-down needs script');
  for (const link of document.querySelectorAll('#error-summary a'))
    if (document.querySelector(CSS.escape ? '#' + CSS.escape(link.hash.slice(1)) : link.hash) === null)
      found.push('the summary leads nowhere: ' + link.hash);
  if (/undefined|\\[object|NaN/.test(document.body.innerText)) found.push('a text has a hole');
  return found;
})()`;

const CONTRAST = AXE_RUN.replace(/runOnly: \[.*?\]/, "runOnly: ['color-contrast']");

/** What keeps anybody from using the page that is open, a line each: light and dark, narrow, by keyboard. */
export const faultsOf = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE);
  const light = await page.evaluate<string[]>(AXE_RUN);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await page.evaluate<string[]>(CONTRAST);
  await page.emulateMedia({ colorScheme: 'light' });
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const narrow = await page.evaluate<string[]>(SIDEWAYS);
  if (before !== null) await page.setViewportSize(before);
  const frame = await page.evaluate<string[]>(FRAME);
  // A key pressed before makes the browser show the focus that script gives.
  await page.keyboard.press('Tab');
  const focus = await page.evaluate<string[]>(FOCUS);
  return [...light, ...dark.map((line) => `dark: ${line}`), ...narrow, ...frame, ...focus];
};
