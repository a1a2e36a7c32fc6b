import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { render } from 'preact-render-to-string';
import { refuseProduction } from '../shared/development-only.ts';
import type { Listening } from '../shared/listen.ts';
import { listen } from '../shared/listen.ts';
import { STYLE } from '../shared/panel-style.ts';
import type { CopierNetwork } from './gateway-client.ts';
import { GatewayRefusal } from './gateway-client.ts';
import type { Machine, Trouble } from './machine.ts';
import { createMachine, pressKey, reset, TROUBLES } from './machine.ts';
import { Home, Panel } from './pages.tsx';
import { lookOf } from './panels.ts';
import { clientOf, runPrint, switchOn } from './run-print.ts';

export type CopierOptions = {
  readonly port: number;
  readonly gatewayUrl: string;
  readonly networks: readonly CopierNetwork[];
  /** How long a sheet takes to come out. */
  readonly pageMs?: number;
};

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'";
const COINS = [10, 50, 100, 500];
const PAGE_MS = 700;

const createPages = (options: CopierOptions): Hono => {
  const app = new Hono();
  const machines = new Map<string, Machine>(options.networks.map((one) => [one.code, createMachine(one)]));
  app.use(async (c, next) => {
    await next();
    c.header('Content-Security-Policy', POLICY);
    c.header('Cache-Control', 'no-store');
  });
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/', (c) => c.html(`<!doctype html>${render(<Home networks={options.networks} />)}`));
  app.get('/:code', (c) => {
    const machine = machines.get(c.req.param('code'));
    if (machine === undefined) return c.notFound();
    // Progress without script: the page comes again by itself while sheets come out.
    if (machine.screen === 'printing') c.header('Refresh', '1');
    return c.html(`<!doctype html>${render(<Panel machine={machine} coins={COINS} />)}`);
  });
  app.get('/:code/tray/:n', (c) => {
    const sheet = machines.get(c.req.param('code'))?.tray[Number(c.req.param('n')) - 1];
    return sheet === undefined
      ? c.notFound()
      : c.body(Uint8Array.from(sheet.image), 200, { 'Content-Type': 'image/png' });
  });
  app.post('/:code/:act', async (c) => {
    const { code, act } = c.req.param();
    const machine = machines.get(code);
    if (machine === undefined) return c.notFound();
    const form = await c.req.formData();
    await perform(machine, options, act, (name) => String(form.get(name) ?? '')).catch((error: unknown) =>
      fail(machine, error),
    );
    return c.redirect(`/${code}`, 303);
  });
  return app;
};

const fail = (machine: Machine, error: unknown): void => {
  const status = error instanceof GatewayRefusal ? error.status : 0;
  if (machine.screen !== 'number') reset(machine);
  machine.message = status === 404 ? 'not-found' : status === 429 ? 'paused' : 'failed';
};

const perform = async (
  machine: Machine,
  { gatewayUrl, pageMs = PAGE_MS }: CopierOptions,
  act: string,
  field: (name: string) => string,
): Promise<void> => {
  if (act === 'language') machine.language = machine.language === 'ja' ? 'en' : 'ja';
  else if (act === 'switch') setTrouble(machine, field('trouble'), Number(field('after')));
  else if (act === 'take') machine.tray = [];
  else if (act === 'on') await switchOn(machine, gatewayUrl, field('report') === 'yes');
  else if (machine.screen === 'printing' || machine.screen === 'off') return;
  else if (act === 'menu') chooseTile(machine);
  else if (act === 'stop') {
    reset(machine);
    machine.message = '';
  } else if (act === 'number') await enterNumber(machine, gatewayUrl, field);
  else if (act === 'coin' && COINS.includes(Number(field('coin')))) machine.paid += Number(field('coin'));
  // Not waited for: the screen shows the sheets as they come out.
  else if (act === 'print') void runPrint(machine, gatewayUrl, pageMs).catch((error) => fail(machine, error));
};

const setTrouble = (machine: Machine, trouble: string, after: number): void => {
  if (!TROUBLES.some((one) => one === trouble)) return;
  machine.trouble = trouble as Trouble;
  machine.after = Number.isInteger(after) && after >= 0 ? after : 1;
};

const chooseTile = (machine: Machine): void => {
  Object.assign(machine, { message: '', change: 0 });
  machine.menu += 1;
  if (machine.menu >= lookOf(machine.network.code).menus.length) machine.screen = 'number';
};

const enterNumber = async (
  machine: Machine,
  gatewayUrl: string,
  field: (name: string) => string,
): Promise<void> => {
  machine.message = '';
  const fields = { number: field('qr') || field('a') + field('b') + field('c'), pin: field('pin') };
  pressKey(machine, fields, field('key'));
  if (field('key') !== 'next') return;
  const { number, pin } = machine.typed;
  machine.offer = await clientOf(machine, gatewayUrl).lookUp(number, pin);
  Object.assign(machine, { screen: 'pay', change: 0, typed: { number: '', pin: '' } });
};

/** A virtual copier for each chain. It knows the service only through the gateway protocol. */
export const startCopier = (options: CopierOptions): Promise<Listening> => {
  refuseProduction('The copier');
  return listen(createServer(getRequestListener(createPages(options).fetch)), options.port);
};
