import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { Fetch } from '#dev/copier/gateway-client.ts';
import type { Reply } from './reply.ts';
import { createReplyReader } from './reply.ts';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** An empty body is one too; null: none. */
  readonly body: string | null;
};

/** Kept connections to one server over which one request at a time is made, as HTTP/1.1 has it (RFC 9112). */
export type Connections = {
  /** Throws when the connection ends before the whole answer has come; nothing is asked twice. */
  readonly ask: (asked: Asked) => Promise<Reply>;
  close: () => void;
};

type Waiting = {
  readonly text: string;
  readonly done: (reply: Reply) => void;
  readonly fail: (error: Error) => void;
};

const READ_BYTES = 65_536;
/** Where a name was found: thousands of browsers on one machine would spend more on asking than on what they are here for. */
const known = new Map<string, string>();

/** What connections that have ended read into: memory beside the heap that comes and goes has the collector look for it. */
const unused: Buffer[] = [];

const textOf = (host: string, { method, path, headers, body }: Asked): string => {
  let text = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: keep-alive\r\n`;
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
  if (body !== null) text += `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return `${text}\r\n${body ?? ''}`;
};

/**
 * What node:http does costs as much processor time as all else that the students do, and they share the machine with what
 * is measured. `most` connections at once; further requests wait for one of them.
 */
export const openConnections = (address: string, most = Number.POSITIVE_INFINITY): Connections => {
  const { host, hostname, port } = new URL(address);
  const all = new Set<Socket>();
  const idle: ((next: Waiting) => void)[] = [];
  const queue: Waiting[] = [];

  const open = (first: Waiting): void => {
    let current: Waiting | null = first;
    const reader = createReplyReader();
    const give = (next: Waiting): void => {
      current = next;
      socket.write(next.text);
    };
    const end = (error: Error): void => {
      all.delete(socket);
      const place = idle.indexOf(give);
      if (place >= 0) idle.splice(place, 1);
      current?.fail(error);
      current = null;
      socket.destroy();
      const next = queue.shift();
      if (next !== undefined) open(next);
    };
    const settle = (reply: Reply): void => {
      current?.done(reply);
      current = null;
      if (!reply.keepsAlive) return end(new Error('closed'));
      const next = queue.shift();
      if (next === undefined) idle.push(give);
      else give(next);
    };
    const read = (bytes: Buffer): void => {
      try {
        if (current === null) throw new Error('an answer that nobody asked for');
        const reply = reader.take(bytes);
        if (reply !== null) settle(reply);
      } catch (error) {
        end(error as Error);
      }
    };
    const buffer = unused.pop() ?? Buffer.allocUnsafeSlow(READ_BYTES);
    const socket = connect({
      host: known.get(hostname) ?? hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer,
        callback: (length) => {
          // The next bytes come into the same place.
          read(Buffer.from(buffer.subarray(0, length)));
          return true;
        },
      },
    });
    all.add(socket);
    if (!known.has(hostname))
      socket.once('connect', () => known.set(hostname, socket.remoteAddress ?? hostname));
    socket.on('error', end);
    socket.on('close', () => {
      unused.push(buffer);
      if (all.has(socket)) end(new Error('the connection ended before the answer'));
    });
    socket.write(first.text);
  };

  return {
    ask: (asked) =>
      new Promise((done, fail) => {
        const waiting = { text: textOf(host, asked), done, fail };
        const free = idle.pop();
        if (free !== undefined) free(waiting);
        else if (all.size < most) open(waiting);
        else queue.push(waiting);
      }),
    close: () => {
      queue.length = 0;
      for (const socket of all) socket.destroy();
    },
  };
};

/** `fetch` over kept connections, as far as copiers need it. */
export const fetchOver =
  ({ ask }: Connections): Fetch =>
  async (url, { method, headers, body = null }) => {
    const { pathname, search } = new URL(url);
    const reply = await ask({ method, path: `${pathname}${search}`, headers, body });
    if (reply.header('content-encoding') !== null) throw new Error('encoded, which nobody asked for');
    return {
      ok: reply.status >= 200 && reply.status < 300,
      status: reply.status,
      headers: { get: (name) => reply.header(name.toLowerCase()) },
      json: async () => JSON.parse(reply.body.toString()),
      bytes: async () => reply.body,
    };
  };
