import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { copiesField } from '#domain/order/draft.ts';
import type { OrderEvent } from '#domain/order/states.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { withDatabase } from '#test/support/database.ts';
import { dressedApp } from '#test/support/dressed-app.ts';
import { addAccount, CURRENT, copies, PERSON, setUp } from '#test/support/ordering.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { readDraft } from './draft-store.ts';
import { lockOrder, readOrder } from './order-store.ts';
import { releaseOrder } from './release-order.ts';
import { createOrderingRoutes } from './routes.tsx';
import { transitionOrder } from './transition-order.ts';

type Sent = { readonly signedIn?: boolean; readonly cookie?: string };

/** The pages as a browser of one account sees them. */
const openPages = async (db: Database, own: Partial<OrderingDependencies> = {}) => {
  const { clock, dependencies: usual } = setUp(db);
  const dependencies = { ...usual, ...own };
  const accountId = await addAccount(db);
  const app = dressedApp('en', (c) =>
    c.req.header('x-signed-out') === '1' ? null : { accountId, personId: PERSON },
  );
  app.route('/', createOrderingRoutes(dependencies));
  const headers = ({ signedIn = true, cookie = '' }: Sent) => ({
    cookie,
    'x-signed-out': signedIn ? '' : '1',
  });
  return {
    accountId,
    clock,
    dependencies,
    get: (path: string, sent: Sent = {}) => app.request(path, { headers: headers(sent) }),
    post: (path: string, fields: Record<string, string>, sent: Sent = {}) =>
      app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers: headers(sent) }),
  };
};

const keyOf = (page: string): string => /name="key" value="(\w+)"/.exec(page)?.[1] ?? '';

test('the pages lead from destination to payment without script, and cancel an unpaid order', () =>
  withDatabase(async ({ db }) => {
    const { get, post } = await openPages(db);
    const refused = await post('/order/destination', { destination: 'digital' });
    assert.equal(refused.status, 422);
    const summary = await refused.text();
    assert.match(summary, /id="error-summary"[^>]*autofocus/);
    assert.match(summary, /<title>Error: /);
    assert.equal((await post('/order/destination', { destination: 'store' })).status, 303);
    const wrong = await post('/order/certificates', {
      [copiesField(CURRENT, 'enrolment', 'ja')]: 'x',
      action: 'next',
    });
    assert.equal(wrong.status, 422);
    const text = await wrong.text();
    assert.match(text, /<a href="#copies\.[^"]+">Enter a number from 0 to 10\.<\/a>/);
    assert.match(text, /value="x"/);
    const right = await post('/order/certificates', { ...copies, action: 'next' });
    assert.equal(right.headers.get('location'), '/order/confirmation');
    const page = await (await get('/order/confirmation')).text();
    assert.match(page, /TAKAHASHI Yoshito/);
    assert.match(page, /print by Tue 1 Dec, 23:59/);
    assert.match(page, /5 sheets × 60 yen = 300 yen at the copier/);
    assert.equal((await get('/order/preview/1/1.png')).headers.get('content-type'), 'image/png');
    assert.equal((await get('/order/preview/1/2.png')).status, 404);
    const next = (await post('/order/confirmation', { key: keyOf(page) })).headers.get('location') ?? '';
    assert.match(next, /^\/orders\/\w{5}-\w{5}\/payment$/);
    const order = next.replace('/payment', '');
    assert.match(await (await get('/orders')).text(), /Waiting for your payment/);
    for (const _ of [1, 2]) assert.equal((await post(`${order}/cancel`, {})).status, 303);
    assert.match(await (await get(order)).text(), /Cancelled/);
  }));

test('the buttons of a stepper count without script and keep what else was typed', () =>
  withDatabase(async ({ db }) => {
    const { get, post } = await openPages(db);
    await post('/order/destination', { destination: 'store' });
    const field = copiesField(CURRENT, 'enrolment', 'ja');
    const other = copiesField(CURRENT, 'transcript', 'en');
    const pressed = await post('/order/certificates', {
      [field]: '1',
      [other]: '2',
      reference: 'WES-12',
      step: `+${field}`,
    });
    assert.equal(pressed.headers.get('location'), `/order/certificates#${field}`);
    const page = await (await get('/order/certificates')).text();
    assert.match(page, new RegExp(`name="${field}" value="2"`));
    assert.match(page, new RegExp(`name="${other}" value="2"`));
    assert.match(page, /name="reference" value="WES-12"/);
    assert.match(page, /6 sheets × 60 yen/);
  }));

test('a confirmation posted twice at once makes one order', () =>
  withDatabase(async ({ db }) => {
    const { get, post } = await openPages(db);
    await post('/order/destination', { destination: 'store' });
    await post('/order/certificates', { ...copies, action: 'next' });
    const key = keyOf(await (await get('/order/confirmation')).text());
    const answers = await Promise.all([1, 2].map(() => post('/order/confirmation', { key })));
    const [first, second] = answers.map((answer) => answer.headers.get('location'));
    assert.match(first ?? '', /\/payment$/);
    assert.equal(first, second);
    const { count } = await db
      .selectFrom('certificate_order')
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    assert.equal(Number(count), 1);
  }));

test('what costs something else than the confirmation page showed is shown again, and not ordered', () =>
  withDatabase(async ({ db }) => {
    const { get, post } = await openPages(db);
    await post('/order/destination', { destination: 'store' });
    await post('/order/certificates', { ...copies, action: 'next' });
    const page = await (await get('/order/confirmation')).text();
    const total = Number(/name="total" value="(\d+)"/.exec(page)?.[1]);
    assert.equal(total, 1520);
    // Shown before a status or a fee changed.
    const answer = await post('/order/confirmation', { key: keyOf(page), total: String(total - 200) });
    assert.equal(answer.headers.get('location'), '/order/confirmation?changed=1');
    assert.equal((await db.selectFrom('certificate_order').select('id').execute()).length, 0);
    const again = await post('/order/confirmation', { key: keyOf(page), total: String(total) });
    assert.match(again.headers.get('location') ?? '', /\/payment$/);
  }));

test('the same saved once more by a page that was left leaves the confirmation as it is', () =>
  withDatabase(async ({ db }) => {
    const { get, post } = await openPages(db);
    await post('/order/destination', { destination: 'store' });
    await post('/order/certificates', { ...copies, action: 'next' });
    const key = keyOf(await (await get('/order/confirmation')).text());
    await post('/order/certificates', { ...copies, action: 'recalculate' });
    const answer = await post('/order/confirmation', { key });
    assert.match(answer.headers.get('location') ?? '', /\/payment$/);
  }));

test('a draft changed in another window is shown again instead of being ordered', () =>
  withDatabase(async ({ db }) => {
    const { get, post } = await openPages(db);
    await post('/order/destination', { destination: 'store' });
    await post('/order/certificates', { ...copies, action: 'next' });
    const key = keyOf(await (await get('/order/confirmation')).text());
    await post('/order/certificates', { [copiesField(CURRENT, 'enrolment', 'ja')]: '3', action: 'next' });
    const answer = await post('/order/confirmation', { key });
    assert.equal(answer.headers.get('location'), '/order/confirmation?changed=1');
    assert.match(await (await get('/order/confirmation?changed=1')).text(), /has changed/);
  }));

test('what is posted after the session has ended is in the draft once its owner signs in again, and in nobody else’s', () =>
  withDatabase(async ({ db }) => {
    const { accountId, get, post } = await openPages(db);
    await post('/order/destination', { destination: 'store' });
    const field = copiesField(CURRENT, 'enrolment', 'ja');
    const postLate = async (account: string): Promise<string> => {
      const typed = { account, [field]: '4', action: 'next' };
      const late = await post('/order/certificates', typed, { signedIn: false });
      assert.equal(late.status, 401);
      return (late.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    };
    const foreign = await postLate('00000000-0000-4000-8000-000000000099');
    assert.match(foreign, /^akashi-kept-form=/);
    const unchanged = await get('/order/certificates', { cookie: foreign });
    assert.match(unchanged.headers.get('set-cookie') ?? '', /akashi-kept-form=;/);
    assert.equal((await readDraft(db, accountId)).copies[field], undefined);
    const page = await get('/order/certificates', { cookie: await postLate(accountId) });
    assert.match(page.headers.get('set-cookie') ?? '', /akashi-kept-form=;/);
    assert.match(await page.text(), new RegExp(`name="${field}" value="4"`));
    const forged = await get('/order/certificates', { cookie: 'akashi-kept-form=bm90aGluZw' });
    assert.equal(forged.status, 200);
  }));

test('an order by post has its envelopes, their postage, and waits for the office once it is paid and made', () =>
  withDatabase(async ({ db }) => {
    const { dependencies, get, post } = await openPages(db);
    await post('/order/destination', { destination: 'post' });
    const chosen = await post('/order/certificates', { ...copies, action: 'next' });
    assert.equal(chosen.headers.get('location'), '/order/delivery');
    await post('/order/delivery', { 'name.1': 'SATO Misaki', action: 'add' });
    const [enrolment, transcript] = Object.keys(copies) as [string, string];
    const details = {
      'postcode.1': '650-0001',
      'address.1': 'Kobe 1-1',
      [`put.1.${enrolment}`]: '1',
      [`put.1.${transcript}`]: '1',
      'name.2': 'Acme',
      'sealed.2': 'yes',
      'postcode.2': '100-0001',
      [`put.2.${transcript}`]: '1',
      action: 'next',
    };
    const missing = await post('/order/delivery', details);
    assert.equal(missing.status, 422);
    assert.match(
      await missing.text(),
      /<a href="#address\.2">Envelope 2, Address: Please fill this in\.<\/a>/,
    );
    const right = await post('/order/delivery', { 'address.2': 'Tokyo 2', action: 'next' });
    assert.equal(right.headers.get('location'), '/order/confirmation');
    const page = await (await get('/order/confirmation')).text();
    assert.match(page, /650-0001 Kobe 1-1 JP/);
    assert.match(page, /220 yen <small>\(10 % tax included\)<\/small>/);
    assert.match(page, /Go to payment of 1,740 yen/);
    await post('/order/confirmation', { key: keyOf(page) });
    const { id } = await db.selectFrom('certificate_order').select('id').executeTakeFirstOrThrow();
    const order = await readOrder(db, id);
    assert.equal(order.postage, 220);
    assert.ok(order.delivery?.kind === 'post');
    assert.deepEqual(order.delivery.envelopes[1]?.contents, { [transcript]: 1 });
    for (const event of ['settle', 'prepare'] as const)
      await transitionOrder(db, { orderId: id, event, at: dependencies.clock.now(), actor: 'system' });
    for (const _ of [1, 2])
      await transaction(db, async (tx) =>
        releaseOrder(tx, await lockOrder(tx, id), dependencies.clock.now()),
      );
    assert.equal((await readOrder(db, id)).state, 'to_print');
  }));

test('certificates that the destination does not take wait in the draft, with both ways out', () =>
  withDatabase(async ({ db }) => {
    const { accountId, get, post } = await openPages(db);
    const elsewhere = copiesField(CURRENT, 'digital-only', 'ja');
    await post('/order/destination', { destination: 'store' });
    const answer = await post('/order/certificates', { ...copies, [elsewhere]: '1', action: 'next' });
    assert.equal(answer.status, 422);
    assert.match(await answer.text(), /Change destination, keep my certificates/);
    assert.equal((await post('/order/certificates', { action: 'drop' })).status, 303);
    assert.deepEqual((await readDraft(db, accountId)).copies, copies);
    assert.equal((await get('/order/confirmation')).status, 200);
  }));

test('a paid order is cancelled until something is printed, and its money is sent back once', () =>
  withDatabase(async ({ db }) => {
    const { dependencies, get, post } = await openPages(db);
    const at = dependencies.clock.now();
    await post('/order/destination', { destination: 'store' });
    await post('/order/certificates', { ...copies, action: 'next' });
    const key = keyOf(await (await get('/order/confirmation')).text());
    const order = ((await post('/order/confirmation', { key })).headers.get('location') ?? '').replace(
      '/payment',
      '',
    );
    const { id } = await db.selectFrom('certificate_order').select('id').executeTakeFirstOrThrow();
    const move = (event: OrderEvent) => transitionOrder(db, { orderId: id, event, at, actor: 'system' });
    for (const event of ['settle', 'prepare'] as const) await move(event);
    assert.equal((await post(`${order}/cancel`, {})).status, 409);
    await move('make-ready');
    await move('begin-printing');
    assert.equal((await post(`${order}/cancel`, {})).status, 409);
    await move('stop-printing');
    assert.match(await (await get(`${order}/cancel`)).text(), /1,520 yen go back to you/);
    const answers = await Promise.all([1, 2].map(() => post(`${order}/cancel`, {})));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [303, 303],
    );
    assert.equal((await readOrder(db, id)).state, 'refund_ready');
    const jobs = await sql<{ key: string }>`
      select key from graphile_worker.jobs where task_identifier = 'refund-order'`.execute(db);
    assert.deepEqual(jobs.rows, [{ key: `refund-order:${id}` }]);
  }));

test('while issuing is halted, orders that wait to be made say so, and no others', () =>
  withDatabase(async ({ db }) => {
    const { get, post, dependencies, clock } = await openPages(db, { isHalted: async () => true });
    await post('/order/destination', { destination: 'store' });
    await post('/order/certificates', { ...copies, action: 'next' });
    const key = keyOf(await (await get('/order/confirmation')).text());
    const next = (await post('/order/confirmation', { key })).headers.get('location') ?? '';
    const order = next.replace('/payment', '');
    const { halted } = messagesFor('en').heldLines;
    assert.ok(!(await (await get('/orders')).text()).includes(halted));
    const row = await db.selectFrom('certificate_order').select('id').executeTakeFirstOrThrow();
    const at = clock.now();
    await transitionOrder(dependencies.db, { orderId: row.id, event: 'settle', at, actor: 'system' });
    assert.ok((await (await get('/orders')).text()).includes(halted));
    assert.ok((await (await get(order)).text()).includes(halted));
  }));
