import { openConnections } from './connections.ts';
import { decoded } from './reply.ts';

export type Answer = {
  readonly status: number;
  readonly path: string;
  readonly html: string;
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
const againOf = (refresh: string | null, path: string): Answer['again'] => {
  if (refresh === null) return null;
  const [seconds = '', other] = refresh.split('; url=');
  return { afterMs: Number(seconds) * 1000, path: other ?? path };
};

export const openBurstBrowser = (address: string, acceptLanguage: string): Browser => {
  const connections = openConnections(address, CONNECTIONS);
  const ours = new URL(address).host;
  const cookies = new Map<string, string>();
  const cached = new Set<string>();

  const keep = (line: string): void => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /max-age=0/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  };

  const once = async (
    path: string,
    { method = 'GET', fields, headers: more = {} }: Sent,
  ): Promise<Answer> => {
    const headers: Record<string, string> = {
      'accept-language': acceptLanguage,
      'accept-encoding': 'gzip, br',
    };
    if (cookies.size > 0)
      headers['cookie'] = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (fields !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
    if (method === 'POST') headers['origin'] = address;
    const body = fields === undefined ? null : new URLSearchParams(fields).toString();
    const reply = await connections.ask({ method, path, headers: Object.assign(headers, more), body });
    for (const line of reply.cookies()) keep(line);
    const isPage = reply.header('content-type')?.startsWith('text/html') ?? false;
    return {
      status: reply.status,
      path,
      html: isPage ? decoded(reply).toString() : '',
      location: reply.header('location'),
      again: againOf(reply.header('refresh'), path),
    };
  };

  const send = async (path: string, sent: Sent = {}): Promise<Answer> => {
    const answer = await once(path, sent);
    const elsewhere = answer.location === null || !URL.canParse(answer.location, address);
    if (elsewhere || answer.status !== 303) return answer;
    const next = new URL(answer.location ?? '', address);
    return next.host === ours ? send(`${next.pathname}${next.search}`) : answer;
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
    close: connections.close,
  };
};
