import assert from 'node:assert/strict';
import { test } from 'node:test';
import { yen } from '#domain/money.ts';
import { copiesField } from '#domain/order/draft.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Database } from '#platform/database/database.ts';
import { dressedApp } from '#test/support/dressed-app.ts';
import type { IssuingWorld } from '#test/support/issuing.ts';
import { withIssuing } from '#test/support/issuing.ts';
import { orderingJobs } from './jobs.ts';
import { readOrderLines } from './line-store.ts';
import { readOrder, readOrderByNumber } from './order-store.ts';
import { receiptOf } from './receipt.ts';
import { createOrderingRoutes } from './routes.tsx';
import { listNamesWaiting, settleNames } from './settle-names.ts';
import { transitionOrder } from './transition-order.ts';

/** 葛 with a variation that neither the shipped fonts nor, in this test, the university's have. */
const RARE = '葛\u{E0107}';
const CHARACTER = /葛\u{E0107} \(U\+845B\sU\+E0107\)/u;

/** The pages as the student's browser sees them. */
const openPages = ({ parts, student }: IssuingWorld, language: 'ja' | 'en') => {
  const app = dressedApp(language, () => student);
  app.route('/', createOrderingRoutes(parts.ordering));
  return {
    get: async (path: string) => (await app.request(path)).text(),
    post: async (path: string, fields: Record<string, string>) =>
      (await app.request(path, { method: 'POST', body: new URLSearchParams(fields) })).headers.get(
        'location',
      ) ?? '',
  };
};

const withRareName = async (db: Database): Promise<void> => {
  await db
    .updateTable('person')
    .set({ name_ja: `${RARE}城 美咲` })
    .execute();
};

/** Orders a certificate of enrolment through the pages; the answer is the order's number. */
const submit = async (
  world: IssuingWorld,
  language: 'ja' | 'en',
  printed: readonly ('ja' | 'en')[] = ['ja'],
): Promise<string> => {
  const { get, post } = openPages(world, language);
  const { enrolmentId } = world.student;
  await post('/order/destination', { destination: 'store' });
  const lines = printed.map((one) => [copiesField(enrolmentId, 'enrolment', one), '1']);
  const wishes = { ...Object.fromEntries(lines), action: 'next' };
  assert.equal(await post('/order/certificates', wishes), '/order/confirmation');
  const page = await get('/order/confirmation');
  assert.match(page, CHARACTER);
  const texts = messagesFor(language).names;
  assert.ok(page.includes(texts.submit) && page.includes(texts.before));
  const key = /name="key" value="(\w+)"/.exec(page)?.[1] ?? '';
  const next = await post('/order/confirmation', { key });
  assert.match(next, /^\/orders\/\w{5}-\w{5}$/);
  return next.replace('/orders/', '');
};

const mails = async (db: Database) =>
  db.selectFrom('mail_outbox').select(['subject', 'text_body', 'kind']).orderBy('queued_at').execute();

for (const language of ['ja', 'en'] as const) {
  test(`${language}: a rare variation waits for a person before payment, is told, and goes on when a font has it`, () =>
    withIssuing(async (world) => {
      const { db, clock, parts, student } = world;
      await withRareName(db);
      const number = await submit(world, language);
      const { get } = openPages(world, language);
      const shown = await get(`/orders/${number}`);
      const texts = messagesFor(language).names;
      assert.match(shown, CHARACTER);
      assert.ok(shown.includes(texts.next));
      // Tuesday the 24th; two business days later is Thursday.
      assert.match(shown, language === 'ja' ? /11月26日/ : /26 Nov/);
      assert.match(shown, /06-0000-0110/);
      assert.doesNotMatch(shown, /\/payment"/);
      const [told] = await mails(db);
      assert.equal(told?.kind, 'names-waiting');
      assert.match(told?.text_body ?? '', CHARACTER);
      const decision = { decision: 'approve', actor: 'staff:Ito', reason: 'IPAmj Mincho added' } as const;
      await assert.rejects(settleNames(parts.ordering, number, decision), { code: 'unavailable' });
      const withFont = { ...parts.ordering, preview: { ...parts.ordering.preview, missingGlyphs: () => [] } };
      assert.equal((await listNamesWaiting(parts.ordering))[0]?.stillMissing.length, 1);
      assert.equal((await listNamesWaiting(withFont))[0]?.stillMissing.length, 0);
      const settled = await settleNames(withFont, number, decision);
      assert.equal(settled.state, 'awaiting_payment');
      assert.equal(settled.total, 520);
      assert.ok(Temporal.Instant.compare(settled.paymentDeadline, clock.now().add({ hours: 48 })) > 0);
      assert.match(await get(`/orders/${number}`), /\/payment"/);
      assert.deepEqual(
        (await mails(db)).map(({ kind }) => kind),
        ['names-waiting', 'names-approve'],
      );
      await assert.rejects(settleNames(withFont, number, decision), { code: 'wrong-state' });
      const { snapshot } = (await readOrderLines(db, settled.id))[0] ?? assert.fail();
      assert.ok(snapshot.person.nameJa.startsWith(RARE));
      await assert.rejects(readOrderByNumber(db, { accountId: student.personId, orderNumber: number }));
      const events = await db
        .selectFrom('audit_event')
        .select(['type', 'actor'])
        .where('subject', '=', `order:${settled.id}`)
        .orderBy('id')
        .execute();
      assert.deepEqual(events, [
        { type: 'order.submitted', actor: `account:${student.accountId}` },
        { type: 'line.moved', actor: 'staff:Ito' },
        { type: 'order.moved', actor: 'staff:Ito' },
      ]);
    }));
}

test('refused, a line leaves the order with its fee, and an order of nothing else ends unpaid with the reason', () =>
  withIssuing(async (world) => {
    const { db, parts } = world;
    await withRareName(db);
    const number = await submit(world, 'en');
    const reason = 'Please write to us about the form of 葛.';
    const { id, state } = await settleNames(parts.ordering, number, {
      decision: 'reject',
      actor: 'staff:Ito',
      reason,
    });
    assert.equal(state, 'cancelled');
    const [line] = await readOrderLines(db, id);
    assert.deepEqual([line?.state, line?.reasons], ['not_issued', ['unprintable-name', reason]]);
    const page = await openPages(world, 'en').get(`/orders/${number}`);
    assert.match(page, /Please write to us/);
    assert.match(page, /Nothing is charged/);
    assert.doesNotMatch(page, /refunded/);
    assert.match((await mails(db)).at(-1)?.text_body ?? '', /Please write to us[\s\S]*nothing is charged/);
  }));

test('what nobody decided by the deadline leaves the order; before it, the wait goes on', () =>
  withIssuing(async (world) => {
    const { db, clock, parts, student } = world;
    await withRareName(db);
    const orderNumber = await submit(world, 'ja');
    const { id, namesDeadline } = await readOrderByNumber(db, { accountId: student.accountId, orderNumber });
    const end = orderingJobs(parts.ordering)['end-names-wait'];
    await end?.({ orderId: id });
    assert.equal((await readOrder(db, id)).state, 'awaiting_names');
    clock.advance({ seconds: Math.ceil(namesDeadline?.since(clock.now()).total('seconds') ?? 0) + 1 });
    await end?.({ orderId: id });
    await end?.({ orderId: id });
    assert.equal((await readOrder(db, id)).state, 'cancelled');
    assert.equal((await mails(db)).length, 2);
  }));

test('its owner may cancel it meanwhile, and a free order is made once approved', () =>
  withIssuing(async (world) => {
    const { db, parts, student } = world;
    await withRareName(db);
    const { accountId } = student;
    const cancelled = await submit(world, 'ja');
    await openPages(world, 'ja').post(`/orders/${cancelled}/cancel`, {});
    assert.equal((await readOrderByNumber(db, { accountId, orderNumber: cancelled })).state, 'cancelled');
    const certificateTypes = parts.ordering.university.certificateTypes.map((type) => ({
      ...type,
      fee: { current: yen(0), graduate: yen(0) },
    }));
    const university = { ...parts.ordering.university, certificateTypes };
    const giving = { ...world, parts: { ...parts, ordering: { ...parts.ordering, university } } };
    const free = await submit(giving, 'ja');
    const withFont = { ...parts.ordering, preview: { ...parts.ordering.preview, missingGlyphs: () => [] } };
    const decision = { decision: 'approve', actor: 'staff:Ito', reason: 'font added' } as const;
    assert.equal((await settleNames(withFont, free, decision)).state, 'paid');
  }));

test('of an order with other certificates only what waited leaves it, with its fee and its sheets', () =>
  withIssuing(async (world) => {
    const { db, clock, parts } = world;
    await withRareName(db);
    const number = await submit(world, 'en', ['ja', 'en']);
    const printable = { state: 'ordered', state_reasons: [] };
    await db.updateTable('order_line').set(printable).where('language', '=', 'en').execute();
    const decision = {
      decision: 'by-hand',
      actor: 'staff:Ito',
      reason: 'Collect it at our counter.',
    } as const;
    const settled = await settleNames(parts.ordering, number, decision);
    const { id, state, total, sheets, printCharge } = settled;
    assert.deepEqual(
      { state, total, sheets, printCharge },
      { state: 'awaiting_payment', total: 520, sheets: 1, printCharge: 60 },
    );
    assert.match((await mails(db)).at(-1)?.text_body ?? '', /Collect it at our counter[\s\S]*pay by/);
    clock.advance({ hours: 1 });
    await transitionOrder(db, { orderId: id, event: 'settle', at: clock.now(), actor: 'system' });
    const page = await openPages(world, 'en').get(`/orders/${number}`);
    assert.match(page, /Nothing is charged for this certificate/);
    assert.doesNotMatch(page, /refunded/);
    assert.equal(page.match(/300 yen/g)?.length, 1, 'the fees add up to the total');
    const receipt = receiptOf(parts.ordering, await readOrder(db, id), await readOrderLines(db, id));
    assert.equal(receipt.rows.length, 2);
    assert.equal(
      receipt.rows.reduce((sum, { amount }) => sum + amount, 0),
      receipt.total,
    );
  }));
