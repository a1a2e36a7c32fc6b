import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from './development-only.ts';

export type Listening = { readonly url: string; close: () => Promise<void> };

/** Has an HTTP server listen on the loopback; port 0 takes a free one. `close` also ends what is still connected. */
export const listen = async (server: Server, port: number): Promise<Listening> => {
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
};
