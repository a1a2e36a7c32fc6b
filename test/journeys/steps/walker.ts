import { setTimeout } from 'node:timers/promises';
import type { Language } from '#platform/i18n/language.ts';

export type Cookie = {
  readonly value: string;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: string;
};

/** What a browser must be able to do so that a walk can be taken in it; selectors are CSS, the first visible match counts. */
export type Engine = {
  readonly name: string;
  /** Whether the pages' own script runs. */
  readonly script: boolean;
  /** Whether pages are examined on the way; a second walk over the same markup need not do it again. */
  readonly examines: boolean;
  open: (url: string) => Promise<void>;
  /** The value of a JavaScript expression in the page, a promise's too; must survive JSON. */
  evaluate: <Value>(expression: string) => Promise<Value>;
  /** Presses a link or button, with `text` in what it says. */
  press: (selector: string, text?: string) => Promise<void>;
  /** Empties a field and types into it. */
  type: (selector: string, text: string) => Promise<void>;
  /** Chooses a radio button or checks a checkbox. */
  choose: (selector: string) => Promise<void>;
  /** Picks an entry of a pull-down by its value. */
  pick: (selector: string, value: string) => Promise<void>;
  /** A cookie that the open page's server would be sent; undefined where there is none. */
  cookie: (name: string) => Promise<Cookie | undefined>;
  forgetCookie: (name: string) => Promise<void>;
  /** The page as it is seen now, as PNG. */
  screenshot: () => Promise<Buffer>;
  /** Runs `look` in a window 320 CSS pixels wide, 400 % of 1280; where the engine can make one. */
  narrowed?: <Value>(look: () => Promise<Value>) => Promise<Value>;
  /** Requests that left the pages' own hosts, and errors of their script. */
  complaints: () => readonly string[];
  close: () => Promise<void>;
};

/** Somebody who walks: a browser, a language, and readings that every browser does alike. */
export type Walker = Engine & {
  readonly language: Language;
  /** Waits for a visible match; fails after `seconds`. */
  see: (selector: string, text?: string, seconds?: number) => Promise<void>;
  sees: (selector: string, text?: string) => Promise<boolean>;
  read: (selector: string) => Promise<string>;
  attribute: (selector: string, name: string) => Promise<string>;
  /** The values of all fields that match. */
  values: (selector: string) => Promise<string[]>;
  count: (selector: string) => Promise<number>;
  address: () => Promise<URL>;
  /** Waits until the path of the address matches. */
  reach: (path: RegExp, seconds?: number) => Promise<void>;
};

/** An expression for the first visible element that matches and says `text`; null when there is none. */
export const elementExpression = (selector: string, text = ''): string =>
  `([...document.querySelectorAll(${JSON.stringify(selector)})].find((one) =>
    one.getClientRects().length > 0 &&
    [one.textContent, one.getAttribute('aria-label')].join(' ').replace(/\\s+/g, ' ').includes(${JSON.stringify(text)})
  ) ?? null)`;

const PATIENCE_SECONDS = 30;

/** Asks until the answer is yes. A page that is being replaced cannot answer; that counts as no. */
export const until = async (
  what: string,
  ask: () => Promise<boolean>,
  seconds = PATIENCE_SECONDS,
): Promise<void> => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await setTimeout(50)) {
    if (await ask().catch(() => false)) return;
  }
  throw new Error(`waited in vain for ${what}`);
};

export const walkerOn = (engine: Engine, language: Language): Walker => {
  const { evaluate } = engine;
  const sees = (selector: string, text = ''): Promise<boolean> =>
    evaluate<boolean>(`${elementExpression(selector, text)} !== null`);
  const see = async (selector: string, text = '', seconds = PATIENCE_SECONDS): Promise<void> => {
    await until(`${selector} ${text}`, () => sees(selector, text), seconds).catch(async (error: unknown) => {
      const where = await evaluate<string>('location.href + "\\n" + document.body.innerText').catch(() => '');
      throw new Error(`${engine.name}: ${(error as Error).message}\nat ${where.slice(0, 1500)}`);
    });
  };
  const address = async (): Promise<URL> => new URL(await evaluate<string>('location.href'));
  return {
    ...engine,
    press: async (selector, text = '') => {
      await see(selector, text);
      await engine.press(selector, text);
    },
    type: async (selector, text) => {
      await see(selector);
      await engine.type(selector, text);
    },
    choose: async (selector) => {
      await see(selector);
      await engine.choose(selector);
    },
    pick: async (selector, value) => {
      await see(selector);
      await engine.pick(selector, value);
    },
    language,
    see,
    sees,
    read: async (selector) => {
      await see(selector);
      return (await evaluate<string>(`${elementExpression(selector)}.innerText`)).trim();
    },
    attribute: async (selector, name) => {
      await see(selector);
      return evaluate<string>(`${elementExpression(selector)}.getAttribute(${JSON.stringify(name)}) ?? ''`);
    },
    values: (selector) =>
      evaluate<string[]>(
        `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.value)`,
      ),
    count: (selector) => evaluate<number>(`document.querySelectorAll(${JSON.stringify(selector)}).length`),
    address,
    reach: (path, seconds) =>
      until(String(path), async () => path.test((await address()).pathname), seconds).catch(
        async (error: unknown) => {
          throw new Error(`${engine.name}: ${(error as Error).message} at ${(await address()).href}`);
        },
      ),
  };
};
