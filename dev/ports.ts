import { createServer } from 'node:net';
import { AkashiError } from '../src/domain/error.ts';

/** The loopback ports of everything `npm start` brings up. */
export type Ports = {
  readonly service: number;
  readonly identityProvider: number;
  readonly inboxWeb: number;
  readonly inboxSmtp: number;
  readonly paymentCompany: number;
  readonly copier: number;
  readonly reports: number;
  readonly witness: number;
  readonly timestampAuthority: number;
  readonly campusPrinter: number;
};

/** Ten ports in a row, so that one number moves them all. */
export const portsFrom = (first: number): Ports => ({
  service: first,
  identityProvider: first + 1,
  inboxWeb: first + 2,
  inboxSmtp: first + 3,
  paymentCompany: first + 4,
  copier: first + 5,
  reports: first + 6,
  witness: first + 7,
  timestampAuthority: first + 8,
  campusPrinter: first + 9,
});

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, 'localhost', () => server.close(() => done(true)));
  });

/** Throws one clear sentence when one of the ports is taken. */
export const requireFree = async (ports: Ports): Promise<void> => {
  for (const port of Object.values(ports)) {
    if (await isFree(port)) continue;
    const reason = `port ${port} is in use: stop what listens there, or set AKASHI_PORT to another first port`;
    throw new AkashiError('unavailable', { reason });
  }
};

/** Listens on a port until the process ends, without keeping it alive; false when another does. */
const hold = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer().unref();
    server.once('error', () => done(false));
    server.listen(port, 'localhost', () => done(true));
  });

/**
 * Ten free ports in a row, for tests that run beside each other; below those that systems lend to clients (32768 and up
 * on Linux). Whoever holds the eleventh has the ten, so that nobody else takes one between the look and the use.
 */
export const findFreePorts = async (): Promise<Ports> => {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = 20_000 + Math.floor(Math.random() * 600) * 20;
    const ports = portsFrom(first);
    if (!(await hold(first + 10))) continue;
    const free = await Promise.all(Object.values(ports).map(isFree));
    if (free.every(Boolean)) return ports;
  }
  throw new Error('no ten free ports in a row');
};
