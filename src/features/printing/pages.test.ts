import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Language } from '#platform/i18n/language.ts';
import type { CopierWorld, Lease, Order } from '#test/support/copier-gateway.ts';
import { withCopiers } from '#test/support/copier-gateway.ts';
import { dressedApp } from '#test/support/dressed-app.ts';
import { createPrintingRoutes } from './routes.tsx';

const CHAIN = {
  code: 'hinata-mart',
  nameJa: 'ひなたマート',
  nameEn: 'Hinata Mart',
  copierNetwork: 'hinata',
  steps: [{ ja: '「印刷開始」を押す', en: 'Press "Start"' }],
  stops: [],
};

/** The pages of one account as a browser without script sees them. */
const openPages = ({ dependencies }: CopierWorld, accountId: string, language: Language) => {
  const app = dressedApp(language, () => ({ accountId, personId: '' }));
  app.route('/', createPrintingRoutes({ ...dependencies, chains: [CHAIN] }));
  return {
    get: async (path: string) => (await app.request(path)).text(),
    status: async (path: string, fields: string[][] = []) =>
      (await app.request(path, { method: 'POST', body: new URLSearchParams(fields) })).status,
    app,
  };
};

const ownerOf = async ({ db }: CopierWorld, { orderId }: Order) =>
  db
    .selectFrom('certificate_order')
    .select(['account_id', 'order_number'])
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();

const printAll = async ({ call, lookUp }: CopierWorld, { ticket }: Order): Promise<void> => {
  const { claimToken } = await lookUp(ticket);
  const claimed = await call('POST', '/claims', { claimToken, device: 'd' });
  const { claim, fence, documents } = (await claimed.json()) as Lease;
  const impressions = documents.map(({ document }) => ({ document, result: 'completed', pages: 1 }));
  assert.ok((await call('POST', `/claims/${claim}/outcome`, { fence, impressions })).ok);
};

test('the ticket has the number in three groups, the PIN, the coins, a QR, and the steps of each chain', () =>
  withCopiers(async (world) => {
    const order = await world.addOrder(3);
    const owner = await ownerOf(world, order);
    const { printNumber, pin } = order.ticket;
    for (const language of ['ja', 'en'] as const) {
      const page = await openPages(world, owner.account_id, language).get(
        `/orders/${owner.order_number}/done`,
      );
      for (const group of [printNumber.slice(0, 4), printNumber.slice(4, 8), printNumber.slice(8)])
        assert.match(page, new RegExp(`<span> ?${group}</span>`));
      assert.ok(page.includes(pin) && page.includes('<svg'));
      assert.match(
        page,
        language === 'ja' ? /100円玉1枚、50円玉1枚、10円玉3枚/ : /1 × 100 yen, 1 × 50 yen, 3 × 10 yen/,
      );
      assert.match(page, language === 'ja' ? /ひなたマート[\s\S]*「印刷開始」を押す/ : /Hinata Mart/);
    }
    const stranger = openPages(world, '00000000-0000-4000-8000-000000000009', 'ja');
    assert.equal((await stranger.app.request(`/orders/${owner.order_number}/done`)).status, 404);
  }));

test('a lapsed order is extended from its page, once', () =>
  withCopiers(async (world) => {
    const order = await world.addOrder();
    const owner = await ownerOf(world, order);
    const { get, status } = openPages(world, owner.account_id, 'en');
    const path = `/orders/${owner.order_number}`;
    assert.equal(await status(`${path}/extend`), 409);
    for (const time of ['first', 'second'] as const) {
      world.clock.advance({ hours: 24 * 9 });
      await world.run('lapse-print', { jobId: order.jobId });
      const page = await get(`${path}/done`);
      assert.equal(/action="[^"]+\/extend"/.test(page), time === 'first');
      assert.equal(await status(`${path}/extend`), time === 'first' ? 303 : 409);
    }
  }));

test('what came out badly is named on its page; without a copy named the page says so', () =>
  withCopiers(async (world) => {
    const order = await world.addOrder(2);
    const owner = await ownerOf(world, order);
    const { get, status, app } = openPages(world, owner.account_id, 'en');
    const path = `/orders/${owner.order_number}`;
    assert.equal((await app.request(`${path}/bad-print`)).status, 303);
    await printAll(world, order);
    assert.match(await get(`${path}/done`), new RegExp(`href="${path}/bad-print"`));
    assert.equal([...(await get(`${path}/bad-print`)).matchAll(/type="checkbox"/g)].length, 2);
    const empty = await app.request(`${path}/bad-print`, { method: 'POST', body: new URLSearchParams() });
    assert.equal(empty.status, 422);
    assert.match(await empty.text(), /href="#copy-1"/);
    assert.equal(await status(`${path}/bad-print`, [['copy', '2']]), 303);
    assert.match(await get(`${path}/done`), /data-ticket-number/);
    assert.equal(await status(`${path}/bad-print`, [['copy', '1']]), 409);
  }));

test('who waits for a ticket is told at once, and asks again by a request that is held until it is there', () =>
  withCopiers(async (world) => {
    const order = await world.addOrder();
    const owner = await ownerOf(world, order);
    const { app } = openPages(world, owner.account_id, 'en');
    const path = `/orders/${owner.order_number}/done`;
    const become = (state: string) =>
      world.db.updateTable('certificate_order').set({ state }).where('id', '=', order.orderId).execute();
    await become('preparing');
    const waiting = await app.request(path);
    assert.match(await waiting.text(), /role="status"/);
    const [, again = ''] = /^1; url=(.+)$/.exec(waiting.headers.get('refresh') ?? '') ?? [];
    assert.equal(again, `${path}?wait`);
    const asked = app.request(again);
    // Longer than the database is asked, shorter than a request is held.
    const first = await Promise.race([asked, setTimeout(100, 'held')]);
    assert.equal(first, 'held');
    await become('ready');
    const answer = await asked;
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, path]);
    const ticket = await app.request(path);
    assert.equal(ticket.headers.get('refresh'), null);
    assert.match(await ticket.text(), /data-ticket-number/);
  }));

test('a cancelled order shows no ticket any more, not even one that was being replaced', () =>
  withCopiers(async (world) => {
    const order = await world.addOrder();
    const owner = await ownerOf(world, order);
    const { app } = openPages(world, owner.account_id, 'en');
    const { db } = world;
    const job = db.updateTable('print_job').set({ replacing: true }).where('id', '=', order.jobId);
    await job.execute();
    for (const state of ['cancelled', 'refund_ready', 'refunded']) {
      await db.updateTable('certificate_order').set({ state }).where('id', '=', order.orderId).execute();
      const answer = await app.request(`/orders/${owner.order_number}/done?wait`);
      assert.deepEqual(
        [answer.status, answer.headers.get('location')],
        [303, `/orders/${owner.order_number}`],
      );
    }
  }));
