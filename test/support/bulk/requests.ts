import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { copiesField } from '#domain/order/draft.ts';
import { TILE_WIDTH } from '#domain/transparency/merkle.ts';
import type { AppEnv } from '#features/http.tsx';
import { saveDraft } from '#features/ordering/draft-store.ts';
import type { Database } from '#platform/database/database.ts';
import type { Parts } from '#src/compose/parts.ts';
import type { Platform } from '#src/compose/platform.ts';
import type { Held } from './journeys.ts';
import { openCopierAt } from './model-journey.ts';
import type { Person } from './people.ts';
import { giveTickets, signInSome } from './people.ts';

const PIN = '0420';
const TICKETS = 50;
/** A prime, so that tiles anywhere in the log are asked for. */
const TILES_APART = 7919;

/** A request that somebody waits for; each run is given its number. */
export type Asked = { readonly name: string; readonly ask: (index: number) => Promise<unknown> };

const at = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value;

/** Everybody asks from a network of their own, so that nobody is slowed down for the others. */
const from = (index: number): Record<string, string> => ({
  'x-forwarded-for': `10.${Math.floor(index / 250)}.${index % 250}.1`,
});

/** C2SP tlog-tiles: three digits a part, all but the last marked. */
const tilePath = (index: number): string => {
  const parts = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    parts.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  return parts.join('/');
};

/** Buckets of certificates that there are, as the page in force names them. */
const listBuckets = async (db: Database, app: Hono<AppEnv>, count: number): Promise<string[]> => {
  const page = await (await app.request('/verify')).text();
  const length = Number(/recordPrefix(?:&quot;|"):(\d+)/.exec(page)?.[1] ?? Number.NaN);
  if (Number.isNaN(length)) throw new Error('the page names no length of a bucket');
  const { rows } = await sql<{ serial: string }>`select serial from typed_record limit ${count}`.execute(db);
  return rows.map(({ serial }) => (length === 0 ? '-' : serial.replaceAll('-', '').slice(0, length)));
};

const saveDrafts = async ({ db, clock }: Platform, people: readonly Person[], key: string): Promise<void> => {
  for (const { accountId, enrolmentId } of people) {
    const copies = { [copiesField(enrolmentId, 'enrolment', 'ja')]: '1' };
    const draft = { destination: 'store', copies, typed: {}, key: `${key}${accountId}` } as const;
    await saveDraft(db, accountId, draft, clock.now());
  }
};

/**
 * The requests that matter, by people anywhere in a database filled with so many certificates, each to be run at most
 * `count` times and in this order.
 */
export const openRequests = async (
  platform: Platform,
  parts: Parts,
  { app, count, ...held }: Held & { readonly app: Hono<AppEnv>; readonly count: number },
): Promise<readonly Asked[]> => {
  const people = await signInSome(platform, held, count);
  const tickets = await giveTickets(platform, parts, { ...held, count: TICKETS, pin: PIN });
  const buckets = await listBuckets(platform.db, app, count);
  const key = randomBytes(16).toString('hex');
  await saveDrafts(platform, people, key);
  const send = async (path: string, init: RequestInit = {}): Promise<void> => {
    const answer = await app.request(path, init);
    await answer.arrayBuffer();
    if (answer.status >= 400) throw new Error(`${path} answered ${answer.status}`);
  };
  const page = (path: string) => (index: number) =>
    send(path, { headers: { cookie: at(people, index).cookie } });
  const call = openCopierAt(app, parts.printing);
  const tiles = Math.max(1, Math.floor(held.certificates / TILE_WIDTH));
  const submit = (index: number): Promise<void> => {
    const { cookie, accountId } = at(people, index);
    const body = new URLSearchParams({ key: `${key}${accountId}` });
    const headers = { cookie, origin: platform.environment.baseUrl };
    return send('/order/confirmation', { method: 'POST', headers, body });
  };
  const ticket = (index: number): Promise<void> => {
    const { cookie, orderNumber } = at(tickets, index);
    return send(`/orders/${orderNumber}/done`, { headers: { cookie } });
  };
  const lookup = (index: number): Promise<unknown> =>
    call('/lookups', { printNumber: at(tickets, index).printNumber, pin: PIN, device: `d${index % 4}` });
  return [
    { name: 'destination', ask: page('/order/destination') },
    { name: 'certificates', ask: page('/order/certificates') },
    { name: 'confirmation', ask: page('/order/confirmation') },
    { name: 'submit', ask: submit },
    { name: 'my-orders', ask: page('/orders') },
    { name: 'ticket', ask: ticket },
    { name: 'copier-lookup', ask: lookup },
    {
      name: 'typed-bucket',
      ask: (index) => send(`/verify/records/${at(buckets, index)}`, { headers: from(index) }),
    },
    { name: 'status-list', ask: () => send('/verify/status.json') },
    { name: 'checkpoint', ask: () => send('/log/checkpoint') },
    { name: 'tile', ask: (index) => send(`/log/tile/0/${tilePath((index * TILES_APART) % tiles)}`) },
  ];
};
