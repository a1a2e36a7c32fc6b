import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { containedTax } from '#domain/fee/contained-tax.ts';
import { yen } from '#domain/money.ts';
import { openTypesetter } from '#features/issuance/index.ts';
import type { Database } from '#platform/database/database.ts';
import { withDatabase } from '#test/support/database.ts';
import { addAccount, copies, PERSON, setUp } from '#test/support/ordering.ts';
import { savePrintDeadline } from './deadline-store.ts';
import { readDraft, saveDraft } from './draft-store.ts';
import { readOrderLines } from './line-store.ts';
import { orderAgain } from './order-again.ts';
import { readOrder } from './order-store.ts';
import { placeOrder } from './place-order.ts';
import { hasReceipt, nameReceipt, receiptOf } from './receipt.ts';
import { askToRemind, remindOrder } from './remind-order.ts';
import { transitionOrder } from './transition-order.ts';

/** An order of this account, paid for. */
const placePaid = async (db: Database) => {
  const { clock, dependencies } = setUp(db);
  const accountId = await addAccount(db);
  const draft = { destination: 'store', copies, typed: { reference: ' WES-1 ' }, key: 'one' } as const;
  await saveDraft(db, accountId, draft, clock.now());
  const submission = { accountId, personId: PERSON, language: 'ja', idempotencyKey: 'one' } as const;
  const placed = await placeOrder(dependencies, submission);
  await transitionOrder(db, { orderId: placed.id, event: 'settle', at: clock.now(), actor: 'system' });
  const order = await readOrder(db, placed.id);
  return { clock, dependencies, accountId, order, lines: await readOrderLines(db, order.id) };
};

test('the tax contained in 220 yen at 10 % is 20 yen, and none in what is untaxed', () => {
  assert.equal(containedTax('standard-10', yen(220)), 20);
  assert.equal(containedTax('standard-10', yen(219)), 19);
  assert.equal(containedTax('untaxed', yen(1300)), 0);
});

test('a receipt adds up by tax class, takes a name once, and is typeset', () =>
  withDatabase(async ({ db }) => {
    const { dependencies, order, lines } = await placePaid(db);
    assert.equal(hasReceipt({ ...order, state: 'refunded' }), false);
    const receipt = receiptOf(dependencies, order, lines);
    assert.equal(receipt.addressee, '髙橋 𠮷人');
    assert.deepEqual(receipt.subtotals, [
      { taxClass: 'untaxed', amount: 1300, tax: 0 },
      { taxClass: 'standard-10', amount: 220, tax: 20 },
    ]);
    await assert.rejects(nameReceipt(dependencies, order, ' '), { code: 'bad-request' });
    await nameReceipt(dependencies, order, '株式会社あかし');
    await assert.rejects(nameReceipt(dependencies, order, 'another'), { code: 'wrong-state' });
    const named = receiptOf(dependencies, await readOrder(db, order.id), lines);
    assert.equal(named.addressee, '株式会社あかし');
    const typesetter = openTypesetter({ universityFolder: resolve('config/demo') });
    const { pdf, pages } = await typesetter.typeset({
      template: 'receipt',
      data: named,
      seconds: 1_764_000_000,
      make: 'document',
    });
    typesetter.close();
    assert.equal(pages, 1);
    assert.equal(Buffer.from(pdf ?? []).toString('latin1', 0, 5), '%PDF-');
  }));

test('a receipt asked for after a line was not issued is of what the university keeps', () =>
  withDatabase(async ({ db }) => {
    const { dependencies, order, lines } = await placePaid(db);
    const issued = lines.map(
      (line, index) => ({ ...line, state: index === 0 ? 'not_issued' : line.state }) as const,
    );
    const receipt = receiptOf(dependencies, order, issued);
    assert.equal(receipt.total, order.total - 300);
    assert.deepEqual(
      receipt.subtotals.map(({ amount }) => amount),
      [1000, 220],
    );
  }));

test('ordering again puts the same certificates and reference into the draft', () =>
  withDatabase(async ({ db }) => {
    const { dependencies, accountId, order, lines } = await placePaid(db);
    assert.equal(order.reference, 'WES-1');
    await orderAgain(dependencies, order, lines);
    const draft = await readDraft(db, accountId);
    assert.deepEqual(draft.copies, copies);
    assert.equal(draft.destination, 'store');
    assert.equal(draft.typed['reference'], 'WES-1');
  }));

test('a reminder is mailed once while the order waits to be printed, and not for a deadline that has moved', () =>
  withDatabase(async ({ db }) => {
    const { clock, dependencies, accountId, order } = await placePaid(db);
    const at = clock.now();
    await db
      .updateTable('account')
      .set({ mail_address: 'a@example.jp', mail_verified_at: at })
      .where('id', '=', accountId)
      .execute();
    const deadline = Temporal.Instant.from('2026-12-01T14:59:59Z');
    await savePrintDeadline(db, order.id, deadline);
    await askToRemind(db, order.id, deadline, at);
    const jobs = await db
      .selectFrom('graphile_worker.jobs' as never)
      .select(['key', 'run_at'] as never)
      .where('task_identifier' as never, '=', 'remind-order' as never)
      .orderBy('run_at' as never)
      .execute();
    assert.deepEqual(
      jobs.map((job) => String((job as { run_at: unknown }).run_at)),
      ['2026-11-27T00:00:00Z', '2026-11-30T00:00:00Z'],
    );
    const wanted = { orderId: order.id, deadline: deadline.toString(), days: '4' };
    const mails = async () => (await db.selectFrom('mail_outbox').select('subject').execute()).length;
    await remindOrder(dependencies, wanted);
    assert.equal(await mails(), 0);
    for (const event of ['prepare', 'make-ready'] as const)
      await transitionOrder(db, { orderId: order.id, event, at, actor: 'system' });
    await remindOrder(dependencies, wanted);
    await remindOrder(dependencies, wanted);
    assert.equal(await mails(), 1);
    await remindOrder(dependencies, { ...wanted, deadline: '2026-12-02T14:59:59Z', days: '1' });
    assert.equal(await mails(), 1);
  }));
