import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns';
import { Agent, request } from 'node:http';
import type { LookupFunction } from 'node:net';

export type Answer = {
  readonly status: number;
  readonly path: string;
  readonly html: string;
  readonly bytes: Buffer;
  readonly location: string | null;
  /** What the page asks to be fetched by itself, and after how many milliseconds; null where it does not. */
  readonly again: { readonly afterMs: number; readonly path: string } | null;
};

export type Sent = {
  readonly method?: 'GET' | 'POST';
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** One person's browser: cookies, kept connections, files in the cache, redirects followed within the service. */
export type Browser = {
  readonly send: (path: string, sent?: Sent) => Promise<Answer>;
  /** A page with what it refers to: style and scripts once a browser, its pictures side by side. */
  readonly open: (path: string, sent?: Sent) => Promise<Answer>;
  close: () => void;
};

/** At most as many at once as browsers open to one host. */
const CONNECTIONS = 6;
const STATIC = /(?:src|href)="(\/assets\/[^"]+|[^"]+\.(?:css|js))"/g;
const PICTURE = /<img[^>]+src="(\/[^"]+)"/g;

/** The header `Refresh`: seconds, and another address where it is not the same again. */
const againOf = (refresh: string | string[] | undefined, path: string): Answer['again'] => {
  if (typeof refresh !== 'string') return null;
  const [seconds = '', other] = refresh.split('; url=');
  return { afterMs: Number(seconds) * 1000, path: other ?? path };
};

const known = new Map<string, LookupAddress[]>();

/** Asks for a name once: thousands of browsers on one machine would spend more on that than on what they are here for. */
const lookUpOnce: LookupFunction = (name, options, done) => {
  const addresses = known.get(name);
  if (addresses !== undefined) return done(null, addresses);
  lookup(name, { ...options, all: true }, (error, found) => {
    if (error === null) known.set(name, found);
    done(error, found);
  });
};

export const openBurstBrowser = (address: string, acceptLanguage: string): Browser => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, lookup: lookUpOnce });
  const { hostname, port } = new URL(address);
  const cookies = new Map<string, string>();
  const cached = new Set<string>();

  const once = (path: string, { method = 'GET', fields, headers = {} }: Sent): Promise<Answer> =>
    new Promise((done, fail) => {
      const body = fields === undefined ? null : new URLSearchParams(fields).toString();
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const form =
        body === null
          ? {}
          : {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': Buffer.byteLength(body),
            };
      const origin = method === 'POST' ? { origin: address } : {};
      const all = {
        'accept-language': acceptLanguage,
        ...(cookie === '' ? {} : { cookie }),
        ...form,
        ...origin,
      };
      const asked = request(
        { hostname, port, path, method, agent, headers: { ...all, ...headers } },
        (answer) => {
          for (const line of answer.headers['set-cookie'] ?? []) {
            const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
            if (value === '' || /max-age=0/i.test(line)) cookies.delete(name);
            else cookies.set(name, value);
          }
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.once('error', fail);
          answer.once('end', () => {
            const bytes = Buffer.concat(parts);
            const isText = String(answer.headers['content-type']).startsWith('text/');
            done({
              status: answer.statusCode ?? 0,
              path,
              html: isText ? bytes.toString() : '',
              bytes,
              location: answer.headers.location ?? null,
              again: againOf(answer.headers['refresh'], path),
            });
          });
        },
      );
      asked.once('error', fail);
      asked.end(body ?? undefined);
    });

  const send = async (path: string, sent: Sent = {}): Promise<Answer> => {
    const answer = await once(path, sent);
    const elsewhere = answer.location === null || !URL.canParse(answer.location, address);
    if (elsewhere || answer.status !== 303) return answer;
    const next = new URL(answer.location ?? '', address);
    return next.host === new URL(address).host ? send(`${next.pathname}${next.search}`) : answer;
  };

  const fetchAll = async (paths: readonly string[]): Promise<void> => {
    const answers = await Promise.all(paths.map((path) => once(path, {})));
    const bad = answers.find(({ status }) => status !== 200);
    if (bad !== undefined) throw new Error(`${bad.path} answered ${bad.status}`);
  };

  return {
    send,
    open: async (path, sent) => {
      const page = await send(path, sent);
      const files = [...page.html.matchAll(STATIC)]
        .map(([, file = '']) => file)
        .filter((file) => !cached.has(file));
      for (const file of files) cached.add(file);
      const pictures = [...page.html.matchAll(PICTURE)].map(([, picture = '']) =>
        picture.replaceAll('&amp;', '&'),
      );
      await fetchAll([...new Set([...files, ...pictures])]);
      return page;
    },
    close: () => agent.destroy(),
  };
};
