import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { render } from 'preact-render-to-string';
import { refuseProduction } from '../shared/development-only.ts';
import type { Listening } from '../shared/listen.ts';
import { listen } from '../shared/listen.ts';
import type { CopierNetwork } from './gateway-client.ts';
import { createGatewayClient, GatewayRefusal } from './gateway-client.ts';
import type { Machine, Trouble } from './machine.ts';
import { createMachine, runPrint } from './machine.ts';
import { Home, Panel } from './pages.tsx';
import { STYLE } from './style.ts';

export type CopierOptions = {
  readonly port: number;
  readonly gatewayUrl: string;
  readonly networks: readonly CopierNetwork[];
};

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'";
const COINS = [10, 50, 100, 500];
const TROUBLES: readonly string[] = ['none', 'jam', 'power', 'no-paper'];

const createPages = ({ networks, gatewayUrl }: CopierOptions): Hono => {
  const app = new Hono();
  const machines = new Map<string, Machine>(networks.map((one) => [one.code, createMachine(one)]));
  app.use(async (c, next) => {
    await next();
    c.header('Content-Security-Policy', POLICY);
    c.header('Cache-Control', 'no-store');
  });
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/', (c) => c.html(`<!doctype html>${render(<Home networks={networks} />)}`));
  app.get('/:code', (c) => {
    const machine = machines.get(c.req.param('code'));
    if (machine === undefined) return c.notFound();
    return c.html(`<!doctype html>${render(<Panel machine={machine} coins={COINS} />)}`);
  });
  app.get('/:code/tray/:n', (c) => {
    const sheet = machines.get(c.req.param('code'))?.tray[Number(c.req.param('n')) - 1];
    return sheet === undefined
      ? c.notFound()
      : c.body(Uint8Array.from(sheet), 200, { 'Content-Type': 'image/png' });
  });
  app.post('/:code/:act', async (c) => {
    const { code, act } = c.req.param();
    const machine = machines.get(code);
    if (machine === undefined) return c.notFound();
    const form = await c.req.formData();
    const field = (name: string): string => String(form.get(name) ?? '');
    try {
      await perform(machine, gatewayUrl, act, field);
    } catch (error) {
      machine.message = error instanceof GatewayRefusal && error.status === 404 ? 'not-found' : 'failed';
    }
    return c.redirect(`/${code}`, 303);
  });
  return app;
};

const perform = async (
  machine: Machine,
  gatewayUrl: string,
  act: string,
  field: (name: string) => string,
) => {
  machine.message = '';
  if (act === 'number') {
    const client = createGatewayClient(gatewayUrl, machine.network, `${machine.network.code}-1`);
    machine.offer = await client.lookUp(field('a') + field('b') + field('c'), field('pin'));
    machine.change = 0;
  } else if (act === 'coin' && COINS.includes(Number(field('coin')))) machine.paid += Number(field('coin'));
  else if (act === 'cancel') Object.assign(machine, { offer: null, change: machine.paid, paid: 0 });
  else if (act === 'print') {
    const trouble = TROUBLES.includes(field('trouble')) ? (field('trouble') as Trouble) : 'none';
    await runPrint(machine, gatewayUrl, trouble, Number(field('after')) || 0);
  }
};

/** A virtual copier for each network. It knows the service only through the gateway protocol. */
export const startCopier = (options: CopierOptions): Promise<Listening> => {
  refuseProduction('The copier');
  return listen(createServer(getRequestListener(createPages(options).fetch)), options.port);
};
