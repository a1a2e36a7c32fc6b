import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOrder } from '#features/ordering/index.ts';
import { insertAccount, insertOrder, withSandbox } from '#test/support/payment.ts';
import { cancelCheckout } from './cancel-checkout.ts';
import { readBalances } from './ledger-store.ts';
import { readPayment } from './payment-store.ts';
import { nextReconciliation, reconcile, reportLines } from './reconcile.ts';
import { settlePayment } from './settle-payment.ts';
import { startPayment } from './start-payment.ts';

test('clearing returns to zero when the company pays out, once, less its fee', () =>
  withSandbox(async ({ dependencies, act }) => {
    const { db } = dependencies;
    const account = await insertAccount(db);
    for (let number = 0; number < 3; number += 1) {
      const order = await readOrder(db, await insertOrder(db, account));
      const payment = await startPayment(dependencies, order, 'en');
      await act(`checkouts/${payment.checkoutId}/succeed`);
      await settlePayment(dependencies, payment.id);
      if (number === 1) await act('close-day');
    }
    const first = await reconcile(dependencies);
    assert.deepEqual([first.booked, first.sum, first.openClearing.length], [1, 0, 1]);
    assert.equal(first.openClearing[0]?.yen, 660);
    assert.match(reportLines(first), /Clearing that has not returned to zero: 1\n/);
    await act('close-day');
    const second = await reconcile(dependencies);
    assert.deepEqual([second.booked, second.sum, second.openClearing.length], [1, 0, 0]);
    const fee = 3 * 23;
    const { bank, fees, clearing } = await readBalances(db);
    assert.deepEqual([bank, fees, clearing], [3 * 660 - fee, fee, 0]);
    assert.equal((await reconcile(dependencies)).booked, 0);
    const kept = await db.selectFrom('reconciliation_report').select('id').execute();
    assert.equal(kept.length, 3);
  }));

test('money that only a payout tells of is settled, also for a payment that was closed', () =>
  withSandbox(
    async ({ dependencies, act, runJobs }) => {
      const { db } = dependencies;
      const order = await readOrder(db, await insertOrder(db, await insertAccount(db)));
      const { id, checkoutId } = await startPayment(dependencies, order, 'en');
      await cancelCheckout(dependencies, order.id);
      await act(`checkouts/${checkoutId}/succeed-late`);
      await act('close-day');
      assert.equal((await readPayment(db, id))?.state, 'closed');
      await reconcile(dependencies);
      await runJobs();
      assert.equal((await readPayment(db, id))?.state, 'settled');
      assert.equal((await readBalances(db))['clearing'], 0);
    },
    { delayMs: 60_000 },
  ));

test('a payout with money that is not ours is booked, and the report says so', () =>
  withSandbox(async ({ dependencies }) => {
    const item = { id: 'x', kind: 'payment', reference: 'someone else', amount: 100, fee: 3 } as const;
    const settlement = { id: 'set_1', paidOutAt: dependencies.clock.now(), amount: 97, items: [item] };
    const provider = { ...dependencies.provider, settlements: async () => [settlement] };
    const report = await reconcile({ ...dependencies, provider });
    assert.deepEqual([report.booked, report.unknownYen, report.sum], [1, 100, 0]);
  }));

test('the ledger refuses a posting that is not level, and any change of the past', () =>
  withSandbox(async ({ dependencies: { db, ...rest }, act }) => {
    const dependencies = { db, ...rest };
    const order = await readOrder(db, await insertOrder(db, await insertAccount(db)));
    const payment = await startPayment(dependencies, order, 'en');
    await act(`checkouts/${payment.checkoutId}/succeed`);
    await settlePayment(dependencies, payment.id);
    const uneven = db.transaction().execute(async (tx) => {
      const { id } = await tx
        .insertInto('ledger_posting')
        .values({ payment_id: payment.id, kind: 'fee', at: dependencies.clock.now() })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('ledger_entry')
        .values({ posting_id: id, account: 'fees', amount_yen: 1n })
        .execute();
    });
    await assert.rejects(uneven, /does not sum to 0/);
    await assert.rejects(db.updateTable('ledger_entry').set({ amount_yen: 1n }).execute(), /append-only/);
    await assert.rejects(db.deleteFrom('ledger_entry').execute(), /append-only/);
  }));

test('the books are closed at half past three in Tokyo', () => {
  for (const [now, next] of [
    ['2026-11-25T18:29:59Z', '2026-11-25T18:30:00Z'],
    ['2026-11-25T18:30:00Z', '2026-11-26T18:30:00Z'],
  ] as const) {
    assert.equal(nextReconciliation(Temporal.Instant.from(now)).toString(), next);
  }
});
