import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** axe-core as a script to run in a page. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** An expression for what axe-core finds on the page against WCAG 2.2 A and AA, a line each. */
export const AXE_RUN = `axe
  .run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  .then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ').slice(0, 300)))`;

/** What axe-core finds on the page; none is what we want. */
export const accessViolations = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(AXE_RUN);
};
