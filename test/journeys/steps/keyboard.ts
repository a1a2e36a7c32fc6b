import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Engine } from './walker.ts';
import { elementExpression, until } from './walker.ts';

const MOST_TABS = 150;

/** What is wrong with how the focus shows (WCAG 2.2, 2.4.7 and 2.4.11); empty when it shows. */
const FOCUS_PROBLEM = `(() => {
  const one = document.activeElement;
  if (one === null || one === document.body) return '';
  const shown = one.matches('input[type=radio], input[type=checkbox]') ? [one, one.closest('label')] : [one];
  const marked = shown.some((each) => {
    if (each === null) return false;
    const style = getComputedStyle(each);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  });
  if (!marked) return 'no visible focus: ' + one.outerHTML.slice(0, 200);
  const box = one.getBoundingClientRect();
  if (box.bottom < 1 || box.top > innerHeight - 1) return 'focus out of sight: ' + one.outerHTML.slice(0, 200);
  return '';
})()`;

/** The same browser without a mouse: Tab, arrows, Space and Enter only. Each stop must show that it has the focus. */
export const withKeyboardOnly = (engine: Engine, page: Page): Engine => {
  const ask = <Value>(expression: string): Promise<Value> => page.evaluate(expression);
  const isOn = (expression: string) => ask<boolean>(`document.activeElement === ${expression}`);
  /** Tabs until `arrived` holds, looking at every stop on the way. */
  const tabUntil = async (what: string, arrived: string): Promise<void> => {
    // Before its stylesheet is there a page shows no focus.
    await page.waitForLoadState('load');
    if (await ask<boolean>(arrived)) return;
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      await page.keyboard.press('Tab');
      const [there, problem] = await ask<[boolean, string]>(`[${arrived}, ${FOCUS_PROBLEM}]`);
      assert.equal(problem, '', `${engine.name} on the way to ${what}`);
      if (there) return;
    }
    throw new Error(`${engine.name}: the keyboard does not reach ${what} at ${page.url()}`);
  };
  const goTo = (selector: string, text = ''): Promise<void> => {
    const target = elementExpression(selector, text);
    return tabUntil(`${selector} ${text}`, `document.activeElement === ${target}`);
  };
  return {
    ...engine,
    examines: false,
    press: async (selector, text) => {
      await goTo(selector, text);
      await page.keyboard.press('Enter');
    },
    type: async (selector, text) => {
      await goTo(selector);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText(text);
    },
    choose: async (selector) => {
      const target = elementExpression(selector);
      const radio = await ask<boolean>(`${target}.type === 'radio'`);
      if (!radio) {
        await goTo(selector);
        if (!(await ask<boolean>(`${target}.checked`))) await page.keyboard.press('Space');
        return;
      }
      // A group is one stop; arrows move within it.
      await tabUntil(
        selector,
        `document.activeElement.type === 'radio' && document.activeElement.name === ${target}.name`,
      );
      for (let presses = 0; presses < 20 && !(await isOn(target)); presses += 1)
        await page.keyboard.press('ArrowDown');
      assert.ok(await isOn(target), `${engine.name}: arrows do not reach ${selector}`);
      if (!(await ask<boolean>(`${target}.checked`))) await page.keyboard.press('Space');
    },
    pick: async (selector, value) => {
      const target = elementExpression(selector);
      await goTo(selector);
      const [now, wanted] = await ask<[number, number]>(
        `[${target}.selectedIndex, [...${target}.options].findIndex((one) => one.value === ${JSON.stringify(value)})]`,
      );
      const key = wanted > now ? 'ArrowDown' : 'ArrowUp';
      for (let step = 0; step < Math.abs(wanted - now); step += 1) await page.keyboard.press(key);
      await until(`${selector} = ${value}`, () =>
        ask<boolean>(`${target}?.value === ${JSON.stringify(value)}`),
      );
    },
  };
};
