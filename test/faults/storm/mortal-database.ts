import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startEmbeddedPostgres } from '#platform/database/embedded.ts';

export type MortalDatabase = {
  /** Stays the same over every death. */
  readonly url: string;
  /** Ends it without a word (−9); nothing answers until `revive`. */
  kill: () => void;
  revive: () => Promise<void>;
  close: () => Promise<void>;
};

/** A database server behind an address that stays, killed and started again under whoever uses it. */
export const openMortalDatabase = async (folder: string): Promise<MortalDatabase> => {
  let server = await startEmbeddedPostgres(folder);
  const password = new URL(server.url).password;
  const sockets = new Set<Socket>();
  const relay = createServer((from) => {
    const to = connect(Number(new URL(server.url).port), '127.0.0.1');
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
    to.on('error', () => from.destroy()).on('close', () => from.destroy());
    from.pipe(to).pipe(from);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const { port } = relay.address() as AddressInfo;
  return {
    url: `postgres://akashi:${password}@127.0.0.1:${port}/postgres`,
    kill: () => {
      const [pid = ''] = readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
    },
    revive: async () => {
      // What is left of the old server must be gone before the files may be opened again.
      for (let tries = 0; ; tries += 1) {
        await setTimeout(100);
        const started = await startEmbeddedPostgres(folder).catch(() => null);
        if (started !== null && !started.adopted) {
          server = started;
          return;
        }
        if (tries > 100) throw new Error('the database did not come up again');
      }
    },
    close: async () => {
      relay.close();
      for (const socket of sockets) socket.destroy();
      // One that was killed for good has nothing to stop.
      await server.stop().catch(() => {});
    },
  };
};
