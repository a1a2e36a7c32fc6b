import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { readOrderLines } from '#features/ordering/index.ts';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { sampleRecord } from '#test/support/certificate-record.ts';
import { withDatabase } from '#test/support/database.ts';
import { insertAccount, insertOrder } from '#test/support/payment.ts';
import { carryOutRetention } from './carry-out-retention.ts';

const kept = { data: { ja: '', en: '' }, period: { ja: '', en: '' } };
const CLASSES = [
  { ...kept, code: 'issuance-register', days: null },
  { ...kept, code: 'orders', days: 2557 },
  { ...kept, code: 'access-logs', days: 90 },
] as const;

const insertSession = async (db: Database, accountId: string, at: Temporal.Instant): Promise<void> => {
  const times = { created_at: at, seen_at: at, signed_in_at: at, expires_at: at };
  const row = {
    account_id: accountId,
    person_id: randomUUID(),
    token_hash: randomBytes(32),
    ...times,
  };
  await db
    .insertInto('session')
    .values({ ...row, user_agent: 'Firefox' })
    .execute();
};

test('what has been kept as long as the university says is erased, a second later and not before', () =>
  withDatabase(async ({ db }) => {
    const clock = manualClock('2026-11-24T03:00:00Z');
    const accountId = await insertAccount(db);
    const ago = (days: number) => clock.now().subtract({ hours: 24 * days });
    for (const at of [ago(90), ago(91)]) {
      await insertSession(db, accountId, at);
      await db.insertInto('attempt').values({ kind: 'mail', key: 'a', at }).execute();
      await db.insertInto('copier_miss').values({ network: 'n', device: 'd', at }).execute();
    }
    const [fresh, old] = [
      await insertOrder(db, accountId, { at: ago(2557) }),
      await insertOrder(db, accountId, { at: ago(2558) }),
    ];
    const typed = {
      delivery: JSON.stringify({ kind: 'counter' }),
      reference: 'WES 1',
      receipt_addressee: 'A',
    };
    await db.updateTable('certificate_order').set(typed).execute();
    const count = async (table: 'session' | 'attempt' | 'copier_miss') =>
      (await db.selectFrom(table).select('id').execute()).length;
    await carryOutRetention({ db, clock }, CLASSES);
    assert.deepEqual([await count('session'), await count('attempt'), await count('copier_miss')], [1, 1, 1]);
    const orders = await db
      .selectFrom('certificate_order')
      .select(['id', 'delivery', 'reference', 'receipt_addressee', 'total_yen'])
      .execute();
    const byId = new Map(orders.map(({ id, ...order }) => [id, order]));
    assert.deepEqual(byId.get(fresh), { ...typed, delivery: { kind: 'counter' }, total_yen: 660 });
    assert.deepEqual(byId.get(old), {
      delivery: null,
      reference: '',
      receipt_addressee: null,
      total_yen: 660,
    });
    const events = () =>
      db.selectFrom('audit_event').select('subject').where('type', '=', 'retention.carried-out').execute();
    assert.deepEqual(
      (await events()).map(({ subject }) => subject),
      ['retention:orders', 'retention:access-logs'],
    );
    clock.advance({ seconds: 1 });
    await carryOutRetention({ db, clock }, CLASSES);
    assert.equal(await count('session'), 0);
    await carryOutRetention({ db, clock }, CLASSES);
    assert.equal((await events()).length, 4);
  }));

test('of a line stays what it was called, and not whom it was for or what it was to say, made or not', () =>
  withDatabase(async ({ db }) => {
    const clock = manualClock('2026-11-24T03:00:00Z');
    const accountId = await insertAccount(db);
    const { snapshot } = sampleRecord('transcript', 'ja');
    const orders = new Map<number, string>();
    for (const days of [2557, 2558, 2559]) {
      const at = clock.now().subtract({ hours: 24 * days });
      orders.set(days, await insertOrder(db, accountId, { at, lines: 2 }));
    }
    const said = JSON.stringify(snapshot);
    await db
      .updateTable('order_line')
      .set({ snapshot: said, rows_by_sheet: [34, 6] })
      .execute();
    await db
      .updateTable('order_line')
      .set({ state: 'held', state_reasons: ['name'], proposed_snapshot: said })
      .where('order_id', '=', orders.get(2559) ?? '')
      .where('position', '=', 1)
      .execute();
    await carryOutRetention({ db, clock }, CLASSES);
    const lines = async (days: number) => await readOrderLines(db, orders.get(days) ?? '');
    for (const days of [2557, 2559])
      for (const line of await lines(days)) assert.deepEqual(line.snapshot, snapshot, `${days}`);
    const old = await lines(2558);
    assert.equal(old.length, 2);
    const counted = await db
      .selectFrom('order_line')
      .select('order_id')
      .where('rows_by_sheet', 'is not', null)
      .execute();
    assert.deepEqual(
      new Set(counted.map((line) => line.order_id)),
      new Set([orders.get(2557), orders.get(2559)]),
    );
    for (const line of old) {
      assert.equal(line.snapshot.titleJa, snapshot.titleJa);
      const { nameJa, nameRoman, birthDate } = snapshot.person;
      const { studentNumber } = snapshot.enrolment;
      for (const fact of [nameJa, nameRoman, birthDate, studentNumber, 'CS100'])
        assert.ok(!JSON.stringify(line).includes(fact ?? ''), fact ?? '');
    }
  }));

test('with an order goes what its deliveries, its payment’s messages, its mails and the draft say of people', () =>
  withDatabase(async ({ db }) => {
    const clock = manualClock('2026-11-24T03:00:00Z');
    const accounts = [await insertAccount(db), await insertAccount(db)];
    const days = [2557, 2558];
    for (const [index, accountId] of accounts.entries()) {
      const at = clock.now().subtract({ hours: 24 * (days[index] ?? 0) });
      const orderId = await insertOrder(db, accountId, { at });
      const named = { organisation: 'Firm', department: 'HR', person: 'Tanaka', mail: 'hr@firm.example' };
      const link = { position: 1, reference: 'WES-1', language: 'en', asks_code: false, link_until: at };
      await db
        .insertInto('delivery')
        .values({ ...named, ...link, order_id: orderId, sent_at: at })
        .execute();
      const webhook = { provider: 'stripe', event_id: `evt_${index}`, body: '{"email":"a@example.jp"}' };
      await db
        .insertInto('payment_webhook')
        .values({ ...webhook, received_at: at })
        .execute();
      await db
        .insertInto('order_draft')
        .values({ account_id: accountId, content: '{}', updated_at: at })
        .execute();
      const mail = { recipient: 'hr@firm.example', subject: 'SATO Misaki', text_body: '', html_body: '' };
      const sent = { kind: 'delivery-link', state: 'sent', queued_at: at, sent_at: at };
      await db
        .insertInto('mail_outbox')
        .values({ ...mail, ...sent, message_id: `m${index}` })
        .execute();
    }
    for (const _ of [1, 2]) await carryOutRetention({ db, clock }, CLASSES);
    const deliveries = await db
      .selectFrom('delivery')
      .select(['mail', 'reference'])
      .orderBy('sent_at')
      .execute();
    assert.deepEqual(deliveries, [
      { mail: '', reference: '' },
      { mail: 'hr@firm.example', reference: 'WES-1' },
    ]);
    const left = async (table: 'order_draft' | 'mail_outbox') =>
      (await db.selectFrom(table).selectAll().execute()).length;
    assert.deepEqual([await left('order_draft'), await left('mail_outbox')], [1, 1]);
    const bodies = await db.selectFrom('payment_webhook').select('body').orderBy('received_at').execute();
    assert.deepEqual(
      bodies.map(({ body }) => body === ''),
      [true, false],
    );
    const forged = db.updateTable('payment_webhook').set({ body: '', event_id: 'evt_9' });
    await assert.rejects(forged.execute(), /append-only/);
    const carried = await db
      .selectFrom('audit_event')
      .select('data')
      .where('subject', '=', 'retention:orders')
      .execute();
    assert.equal(carried.length, 1, 'the second time there is nothing to erase');
  }));
