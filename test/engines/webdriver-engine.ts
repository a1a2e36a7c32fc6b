import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cookie } from '../journeys/steps/walker.ts';
import { elementExpression } from '../journeys/steps/walker.ts';
import type { Size, TriedEngine } from './engine.ts';
import type { WebKit } from './webkit.ts';

const NARROW = { width: 320, height: 640 };

/** A browser driven by W3C WebDriver, with the pages' own script. */
export const openWebDriverEngine = async (
  name: string,
  { driver, folder, complaints, close }: WebKit,
  { width, height }: Size,
): Promise<TriedEngine> => {
  const { command, evaluate, element } = driver;
  const resize = (rectangle: { width: number; height: number }): Promise<null> =>
    command('POST', '/window/rect', rectangle);
  const press = async (expression: string): Promise<void> => {
    await command('POST', `${await element(expression)}/click`);
  };
  await resize({ width, height });
  return {
    name,
    script: true,
    examines: true,
    open: async (url) => void (await command('POST', '/url', { url })),
    evaluate,
    press: (selector, text) => press(elementExpression(selector, text)),
    type: async (selector, text) => {
      const field = await element(elementExpression(selector));
      await command('POST', `${field}/clear`);
      await command('POST', `${field}/value`, { text });
    },
    choose: async (selector) => {
      const target = elementExpression(selector);
      if (!(await evaluate<boolean>(`${target}.checked`))) await press(target);
    },
    pick: (selector, value) =>
      press(
        `[...${elementExpression(selector)}.options].find((one) => one.value === ${JSON.stringify(value)})`,
      ),
    cookie: async (cookie) => {
      const all = await command<(Cookie & { name: string })[]>('GET', '/cookie');
      return all.find((one) => one.name === cookie);
    },
    forgetCookie: async (cookie) => void (await command('DELETE', `/cookie/${cookie}`)),
    screenshot: async () => Buffer.from(await command<string>('GET', '/screenshot'), 'base64'),
    narrowed: async (look) => {
      await resize(NARROW);
      const seen = await look();
      await resize({ width, height });
      return seen;
    },
    complaints: () => complaints,
    attach: async (selector, file) => {
      const path = join(folder, file.name);
      writeFileSync(path, file.buffer);
      const field = await element(`document.querySelector(${JSON.stringify(selector)})`);
      await command('POST', `${field}/value`, { text: path });
    },
    goOffline: (stopServer) => stopServer(),
    close,
  };
};
