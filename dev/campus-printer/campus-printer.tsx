import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { render } from 'preact-render-to-string';
import { refuseProduction } from '../shared/development-only.ts';
import type { Listening } from '../shared/listen.ts';
import { listen } from '../shared/listen.ts';
import { STYLE } from '../shared/panel-style.ts';
import { answerIpp } from './answer.ts';
import { Home, Panel } from './pages.tsx';
import type { Printer, PrinterMachine, PrinterTrouble } from './printer.ts';
import { createPrinter, release, TROUBLES } from './printer.ts';

export type CampusPrinterOptions = {
  readonly port: number;
  readonly machines: readonly PrinterMachine[];
  /** How long a sheet takes to come out. */
  readonly pageMs?: number;
};

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'";
const PAGE_MS = 700;

const setTrouble = (printer: Printer, trouble: string): void => {
  if (!TROUBLES.some((one) => one === trouble)) return;
  Object.assign(printer, { trouble: trouble as PrinterTrouble, message: '' });
};

const perform = (printer: Printer, act: string, field: (name: string) => string): void => {
  if (act === 'language') printer.language = printer.language === 'ja' ? 'en' : 'ja';
  else if (act === 'switch') setTrouble(printer, field('trouble'));
  else if (act === 'take') printer.tray = [];
  // Not waited for: the tray shows the sheets as they come out.
  else if (act === 'release' && printer.trouble !== 'off') void release(printer, field('pin'));
};

const createPages = ({ machines, pageMs = PAGE_MS }: CampusPrinterOptions): Hono => {
  const app = new Hono();
  const printers = new Map(machines.map((one) => [one.code, createPrinter(one, pageMs)]));
  app.post('/ipp/print/:code', async (c) => {
    const printer = printers.get(c.req.param('code'));
    // As near to a printer without power as a server comes that others share.
    if (printer === undefined || printer.trouble === 'off') return c.body(null, 503);
    const uri = `ipp://${new URL(c.req.url).host}${c.req.path}`;
    const answer = answerIpp(printer, uri, new Uint8Array(await c.req.arrayBuffer()));
    return c.body(Uint8Array.from(answer), 200, { 'Content-Type': 'application/ipp' });
  });
  app.use(async (c, next) => {
    await next();
    c.header('Content-Security-Policy', POLICY);
    c.header('Cache-Control', 'no-store');
  });
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/', (c) => c.html(`<!doctype html>${render(<Home machines={machines} />)}`));
  app.get('/:code', (c) => {
    const printer = printers.get(c.req.param('code'));
    if (printer === undefined) return c.notFound();
    // Progress without script: the page comes again by itself while sheets come out.
    if (printer.message === 'printing') c.header('Refresh', '1');
    return c.html(`<!doctype html>${render(<Panel printer={printer} />)}`);
  });
  app.get('/:code/tray/:n', (c) => {
    const sheet = printers.get(c.req.param('code'))?.tray[Number(c.req.param('n')) - 1];
    return sheet === undefined
      ? c.notFound()
      : c.body(Uint8Array.from(sheet), 200, { 'Content-Type': 'image/png' });
  });
  app.post('/:code/:act', async (c) => {
    const printer = printers.get(c.req.param('code'));
    if (printer === undefined) return c.notFound();
    const form = await c.req.formData();
    perform(printer, c.req.param('act'), (name) => String(form.get(name) ?? ''));
    return c.redirect(`/${printer.machine.code}`, 303);
  });
  return app;
};

/** A printer for each machine on campus. It knows the service only through IPP; its panel is a page. */
export const startCampusPrinter = (options: CampusPrinterOptions): Promise<Listening> => {
  refuseProduction('The campus printer');
  return listen(createServer(getRequestListener(createPages(options).fetch)), options.port);
};
