import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/**
 * How an outside party is just now. `refuses`: nobody listens. `hangs`: it takes the connection and says nothing.
 * `babbles`: it answers what makes no sense. `forgets`: it does what it is asked, and its answer is lost.
 */
export type Mood = 'well' | 'refuses' | 'hangs' | 'babbles' | 'forgets';
export const BAD_MOODS = ['refuses', 'hangs', 'babbles', 'forgets'] as const satisfies readonly Mood[];

export type FickleParty = {
  readonly port: number;
  become: (mood: Mood) => Promise<void>;
  close: () => Promise<void>;
};

export type Babble = {
  /** What it says, one after another. */
  readonly says: readonly string[];
  /** Whether it speaks before it is asked, as a mail relay does. */
  readonly first: boolean;
};

const page = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

export const HTTP_BABBLE: Babble = {
  first: false,
  says: [
    page('500 Internal Server Error', '<h1>oops</h1>'),
    page('200 OK', '<h1>Welcome</h1>'),
    'Bonjour\r\n',
  ],
};
export const MAIL_BABBLE: Babble = {
  first: true,
  says: ['554 5.3.2 we are having a rest\r\n', 'Bonjour\r\n', '421 4.3.0 try later\r\n'],
};

/** Stands before a real server on the loopback, at a port that stays, and is as it is told to be. */
export const openFickleParty = async (to: number, babble: Babble): Promise<FickleParty> => {
  let mood: Mood = 'well';
  let said = 0;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  };
  const pass = (from: Socket): void => {
    const target = connect(to, '127.0.0.1');
    keep(target);
    from.on('close', () => target.destroy());
    target.on('close', () => from.destroy());
    from.pipe(target);
    // Mail's replies are needed to be asked on; of everything else the first answer is the one that is lost.
    if (mood !== 'forgets') target.pipe(from);
    else target.on('data', () => setTimeout(() => from.destroy(), 20));
  };
  const server = createServer((from) => {
    keep(from);
    if (mood === 'well' || (mood === 'forgets' && !babble.first)) return pass(from);
    if (mood === 'hangs' || mood === 'forgets') return;
    const speak = (): void => void from.end(babble.says[said++ % babble.says.length] ?? '');
    if (babble.first) speak();
    else from.once('data', speak);
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const fall = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise<void>((done) => server.close(() => done()));
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    become: async (next) => {
      // Connections that were kept open would not notice.
      await fall();
      mood = next;
      if (mood !== 'refuses') await listen(port);
    },
    close: fall,
  };
};
