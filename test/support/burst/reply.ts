import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export type Reply = {
  readonly status: number;
  /** Its last value, by its name in lower case; null where it is absent. */
  readonly header: (name: string) => string | null;
  readonly cookies: () => string[];
  /** As it came: `decoded` tells what it says. */
  readonly body: Buffer;
  readonly keepsAlive: boolean;
};

export type ReplyReader = {
  /** The answer once its last byte has come, else null; throws at what is not an answer, or goes on after its end. */
  readonly take: (bytes: Buffer) => Reply | null;
};

type Head = Omit<Reply, 'body'> & { readonly length: number };

const LINE = '\r\n';
const HEAD_END = '\r\n\r\n';

/** Fields are looked for when they are asked for: of some seventeen in each answer three or four are. */
const readHead = (bytes: Buffer, end: number): Head => {
  const text = bytes.toString('latin1', 0, end + LINE.length);
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
  if (status === undefined) throw new Error(`not an answer of HTTP/1.1: ${text.slice(0, 100)}`);
  const lower = text.toLowerCase();
  const all = (name: string): string[] => {
    const sought = `${LINE}${name}:`;
    const values: string[] = [];
    for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + sought.length))
      values.push(text.slice(at + sought.length, text.indexOf(LINE, at + sought.length)).trim());
    return values;
  };
  const header = (name: string): string | null => all(name).at(-1) ?? null;
  return {
    status: Number(status),
    header,
    cookies: () => all('set-cookie'),
    keepsAlive: header('connection')?.toLowerCase() !== 'close',
    length: end + HEAD_END.length,
  };
};

/** What chunks hold from a place on (RFC 9112 §7.1), and where they end; null while some are to come. */
const readChunks = (bytes: Buffer, from: number): { readonly body: Buffer; readonly end: number } | null => {
  const parts: Buffer[] = [];
  for (let at = from; ; ) {
    const lineEnd = bytes.indexOf(LINE, at);
    if (lineEnd < 0) return null;
    const line = bytes.toString('latin1', at, lineEnd);
    if (!/^[0-9a-f]+ *(;|$)/i.test(line)) throw new Error(`not the size of a chunk: ${line.slice(0, 100)}`);
    const start = lineEnd + LINE.length;
    const size = Number.parseInt(line, 16);
    // The last one is empty; its line and the empty one after it, or what trails, end the body.
    if (size === 0) {
      const end = bytes.indexOf(HEAD_END, lineEnd);
      return end < 0 ? null : { body: Buffer.concat(parts), end: end + HEAD_END.length };
    }
    if (bytes.length < start + size + LINE.length) return null;
    parts.push(bytes.subarray(start, start + size));
    at = start + size + LINE.length;
  }
};

const whole = (bytes: Buffer, { length, ...head }: Head): Reply | null => {
  const announced = head.header('content-length');
  const chunked = head.header('transfer-encoding') === 'chunked';
  const none = head.status === 204 || head.status === 304;
  if (!chunked && !none && !/^\d+$/.test(announced ?? '')) throw new Error('an answer without a length');
  const end = length + (none ? 0 : Number(announced));
  const found = chunked ? readChunks(bytes, length) : { body: bytes.subarray(length, end), end };
  if (found === null || bytes.length < found.end) return null;
  if (bytes.length > found.end) throw new Error('more than the answer');
  return { ...head, body: found.body };
};

/** The body as it was before it was encoded for the way; throws at an encoding that browsers do not ask for. */
export const decoded = ({ header, body }: Pick<Reply, 'header' | 'body'>): Buffer => {
  const encoding = header('content-encoding');
  if (encoding === null) return body;
  if (encoding === 'br') return brotliDecompressSync(body);
  if (encoding === 'gzip') return gunzipSync(body);
  throw new Error(`encoded by ${encoding}, which nobody asked for`);
};

/** Reads the answers of a connection one after the other (RFC 9112), as services give them to who asks for nothing special. */
export const createReplyReader = (): ReplyReader => {
  let parts: Buffer[] = [];
  let length = 0;
  /** Before so many bytes are there it is no use to look. */
  let needed = 0;
  let head: Head | null = null;
  return {
    take: (more) => {
      parts.push(more);
      length += more.length;
      if (length < needed) return null;
      const bytes = parts.length === 1 ? more : Buffer.concat(parts);
      parts = [bytes];
      const headEnd = head === null ? bytes.indexOf(HEAD_END) : 0;
      if (headEnd < 0) return null;
      head ??= readHead(bytes, headEnd);
      const reply = whole(bytes, head);
      if (reply === null) {
        needed = head.length + Number(head.header('content-length') ?? 0);
        return null;
      }
      parts = [];
      length = 0;
      needed = 0;
      head = null;
      return reply;
    },
  };
};
