import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { findFreePorts } from '#dev/ports.ts';
import type { Language } from '#platform/i18n/language.ts';
import { until } from '../journeys/steps/walker.ts';
import type { Size } from './engine.ts';
import type { WebDriver } from './webdriver.ts';
import { openWebDriver } from './webdriver.ts';

const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';
const [BROWSER] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser');
const LOCALES: Record<Language, string> = { ja: 'ja_JP', en: 'en_GB', 'zh-Hans': 'zh_CN', ko: 'ko_KR' };
const NEEDED = [DRIVER, SCREEN, ...Object.values(LOCALES).map((name) => `/usr/share/i18n/locales/${name}`)];

export type WebKit = {
  readonly driver: WebDriver;
  /** Of its own, for files that the browser is given. */
  readonly folder: string;
  /** Requests to other hosts; nothing tells of the errors of scripts here. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
};

/** The browser takes its language from the locale, which is compiled here because few machines have it. */
const writeLocale = (folder: string, language: Language): Record<string, string> => {
  const name = `${LOCALES[language]}.UTF-8`;
  const source = ['-f', 'UTF-8', '-i', LOCALES[language]];
  execFileSync('localedef', [...source, join(folder, name)], { stdio: 'ignore' });
  return { LOCPATH: folder, LC_ALL: name };
};

/** A proxy for every host but our own: it notes who was asked for, and lets nobody through. */
const watchStrangers = async (complaints: string[]): Promise<{ url: string; close: () => void }> => {
  const server = createServer((request, answer) => {
    complaints.push(`request to ${request.url}`);
    answer.writeHead(502).end();
  });
  server.on('connect', ({ url }, socket) => {
    complaints.push(`request to ${url}`);
    socket.destroy();
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close: () => server.close() };
};

/** A screen in memory; it says by which name it can be reached. */
const openScreen = async (): Promise<{ display: string; process: ChildProcess }> => {
  const options = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const process = spawn(SCREEN, options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = await once(process.stdio[3] as Readable, 'data');
  return { display: `:${String(number).trim()}`, process };
};

/** Ends a process and waits for its end: a screen that is still going takes the next one's socket with it. */
const end = async (process: ChildProcess): Promise<void> => {
  if (process.exitCode !== null) return;
  process.kill();
  await once(process, 'exit');
};

/** WebKitGTK's MiniBrowser, in a window of that size without its bars; undefined where it is not installed. */
export const openWebKit = async (size: Size, language: Language): Promise<WebKit | undefined> => {
  if (BROWSER === undefined || !NEEDED.every((file) => existsSync(file))) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'akashi-webkit-'));
  const complaints: string[] = [];
  const strangers = await watchStrangers(complaints);
  const screen = await openScreen();
  const port = String((await findFreePorts()).service);
  const driverProcess = spawn(DRIVER, ['-p', port], {
    env: {
      ...writeLocale(folder, language),
      PATH: process.env['PATH'],
      HOME: folder,
      DISPLAY: screen.display,
      // The input method of a Japanese locale would read @ as the 2 of its key.
      GTK_IM_MODULE: 'gtk-im-context-simple',
    },
    stdio: 'ignore',
  });
  const close = async (): Promise<void> => {
    await end(driverProcess);
    await end(screen.process);
    strangers.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const address = `http://localhost:${port}`;
    await until('WebKitWebDriver', async () => (await fetch(`${address}/status`)).ok);
    const own = ['--ignore-host=localhost', '--ignore-host=127.0.0.1'];
    const options = ['--automation', '--full-screen', `--proxy=${strangers.url}`, ...own];
    const driver = await openWebDriver(address, {
      acceptInsecureCerts: true,
      'webkitgtk:browserOptions': { binary: BROWSER, args: options },
    });
    return {
      driver,
      folder,
      complaints,
      close: () => driver.command('DELETE', '').then(close, close),
    };
  } catch (error) {
    await close();
    throw error;
  }
};
