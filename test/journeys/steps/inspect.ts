import assert from 'node:assert/strict';
import { AXE, AXE_RUN } from '#test/support/axe.ts';
import type { Walker } from './walker.ts';

const SIDEWAYS = `(() => {
  const width = document.documentElement.clientWidth;
  const [wide] = [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > width + 1 && one.closest('.visually-hidden, svg') === null);
  return document.documentElement.scrollWidth > width ? 'scrolls sideways: ' + (wide?.outerHTML ?? '').slice(0, 200) : '';
})()`;

/** Looks at the page as somebody with other needs would: axe-core of WCAG 2.2 A and AA, and reflow at 400 %. */
export const inspect = async (walker: Walker, place: string): Promise<void> => {
  if (!walker.examines) return;
  await walker.evaluate(`(() => {${AXE}
})()`);
  const violations = await walker.evaluate<string[]>(AXE_RUN);
  assert.deepEqual(violations, [], `${walker.name}: ${place}`);
  const sideways = await walker.narrowed?.(() => walker.evaluate<string>(SIDEWAYS));
  assert.equal(sideways ?? '', '', `${walker.name}: ${place} at 320 px`);
};

/** Waits for a page by its heading, and inspects it. */
export const arrive = async (walker: Walker, heading: string): Promise<void> => {
  await walker.see('h1', heading);
  await inspect(walker, heading);
};
