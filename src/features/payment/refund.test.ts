import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOrder, readOrderLines } from '#features/ordering/index.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { cancelPaid, move, pay, start, stateOf } from '#test/support/paid-orders.ts';
import { insertAccount, insertOrder, withSandbox } from '#test/support/payment.ts';
import { cancelCheckout } from './cancel-checkout.ts';
import { readBalances } from './ledger-store.ts';
import { recordRefund } from './record-refund.ts';
import { refundLines, refundOrder } from './refund-order.ts';
import { listRefunds } from './refund-store.ts';
import { sendRefund } from './send-refund.ts';
import { settlePayment } from './settle-payment.ts';
import { startPayment } from './start-payment.ts';

test('under chaos a cancelled paid order is refunded once, and the books are level', () =>
  withSandbox(
    async (sandbox) => {
      const { dependencies } = sandbox;
      for (let round = 0; round < 6; round += 1) {
        const { orderId, checkout } = await pay(sandbox);
        await cancelPaid(sandbox, orderId);
        await Promise.all([1, 2, 3].map(() => refundOrder(dependencies, orderId)));
        await sandbox.runJobs();
        assert.equal(await stateOf(sandbox, orderId), 'refunded');
        const { refunds } = await dependencies.provider.get(checkout);
        assert.deepEqual(
          refunds.map(({ amount, state }) => [amount, state]),
          [[660, 'succeeded']],
        );
      }
      const balances = await readBalances(dependencies.db);
      assert.deepEqual(balances, { receivable: 0, clearing: 0, refunds_payable: 0, revenue: 0 });
    },
    { serverErrorAfterSuccess: 0.4, dropResponse: 0.3, duplicate: 0.3 },
  ));

test('a crash after the company was asked finds the refund that exists, at another time with another key too', () =>
  withSandbox(async (sandbox) => {
    const { dependencies } = sandbox;
    const { db, orderId, checkout } = await pay(sandbox);
    await cancelPaid(sandbox, orderId);
    await refundOrder(dependencies, orderId);
    const [refund] = await listRefunds(db, orderId);
    assert.ok(refund);
    // The company did it, then we died: `submitted` is committed, the answer is not.
    const dying = { ...dependencies.provider, refund: async () => Promise.reject(new Error('killed')) };
    await assert.rejects(sendRefund({ ...dependencies, provider: dying }, refund.id), /killed/);
    assert.equal(await stateOf(sandbox, orderId), 'refund_submitted');
    const reference = `${refund.id}.0`;
    await dependencies.provider.refund({ idempotencyKey: 'x', reference, checkoutId: checkout, amount: 660 });
    await sendRefund(dependencies, refund.id);
    assert.equal(await stateOf(sandbox, orderId), 'refunded');
    assert.equal((await dependencies.provider.get(checkout)).refunds.length, 1);
  }));

test('a refund in progress waits; a failed one goes back and is tried again, at last by a person', () =>
  withSandbox(async (sandbox) => {
    const { dependencies, act } = sandbox;
    const { db, orderId, checkout } = await pay(sandbox);
    await cancelPaid(sandbox, orderId);
    await act('next-refund/pending');
    await refundOrder(dependencies, orderId);
    const [refund] = await listRefunds(db, orderId);
    assert.ok(refund);
    await sendRefund(dependencies, refund.id);
    assert.equal(await stateOf(sandbox, orderId), 'refund_submitted');
    await act(`checkouts/${checkout}/fail-refunds`);
    await sendRefund(dependencies, refund.id);
    assert.equal(await stateOf(sandbox, orderId), 'refund_ready');
    await act('next-refund/failed');
    await act('next-refund/failed');
    await sandbox.runJobs();
    assert.equal((await listRefunds(db, orderId))[0]?.state, 'by_hand');
    assert.equal(await stateOf(sandbox, orderId), 'refund_ready');
  }));

test('an answer that comes after its attempt has ended leaves the next attempt alone', () =>
  withSandbox(async (sandbox) => {
    const { dependencies, act } = sandbox;
    const { provider } = dependencies;
    const { db, orderId, checkout } = await pay(sandbox);
    await cancelPaid(sandbox, orderId);
    await refundOrder(dependencies, orderId);
    const [refund] = await listRefunds(db, orderId);
    assert.ok(refund);
    const asked = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const slow: typeof provider.refund = async (request) => {
      const answer = await provider.refund(request);
      asked.resolve();
      await released.promise;
      return answer;
    };
    await act('next-refund/failed');
    const late = sendRefund({ ...dependencies, provider: { ...provider, refund: slow } }, refund.id);
    await asked.promise;
    // A second worker hears of the failure first; its next attempt goes well, then it dies before writing that down.
    await sendRefund(dependencies, refund.id);
    const dying: typeof provider.refund = async (request) => {
      await provider.refund(request);
      throw new Error('killed');
    };
    const killed = sendRefund({ ...dependencies, provider: { ...provider, refund: dying } }, refund.id);
    await assert.rejects(killed, /killed/);
    released.resolve();
    await late;
    await sendRefund(dependencies, refund.id);
    const [after] = await listRefunds(db, orderId);
    assert.deepEqual([after?.state, after?.attempts], ['done', 1]);
    assert.deepEqual(
      (await provider.get(checkout)).refunds.map(({ state }) => state),
      ['failed', 'succeeded'],
    );
  }));

test('of two payments that came at one instant, what paid the order is what goes back with it', () =>
  withSandbox(async (sandbox) => {
    const { dependencies, act } = sandbox;
    const { db, clock } = dependencies;
    const { orderId, payment: first, checkout } = await start(sandbox);
    await cancelCheckout(dependencies, orderId);
    await act(`checkouts/${checkout}/succeed-late`);
    const second = await startPayment(dependencies, await readOrder(db, orderId), 'en');
    await act(`checkouts/${second.checkoutId}/succeed`);
    // The later one in the table's own order pays the order.
    const [twice, paying] = [first.id, second.id].sort();
    const now = clock.now();
    for (const id of [paying, twice])
      await settlePayment({ ...dependencies, clock: { now: () => now } }, id ?? '');
    await cancelPaid(sandbox, orderId);
    await refundOrder(dependencies, orderId);
    await sandbox.runJobs();
    assert.equal(await stateOf(sandbox, orderId), 'refunded');
    assert.deepEqual(
      (await listRefunds(db, orderId)).map(({ paymentId, reason }) => [paymentId, reason]),
      [
        [twice, 'paid-twice'],
        [paying, 'order-cancelled'],
      ],
    );
  }));

test('cash goes back by bank transfer, recorded by two different people', () =>
  withSandbox(async (sandbox) => {
    const { dependencies } = sandbox;
    const { orderId } = await pay(sandbox, 1, 'storeCash');
    await cancelPaid(sandbox, orderId);
    await refundOrder(dependencies, orderId);
    await sandbox.runJobs();
    assert.equal(await stateOf(sandbox, orderId), 'refund_ready');
    const record = { orderId, by: 'Ito', second: ' ITO ', reason: 'transfer 1' };
    await assert.rejects(recordRefund(dependencies, record), /two different people/);
    assert.equal(await recordRefund(dependencies, { ...record, second: 'Watanabe' }), 660);
    assert.equal(await stateOf(sandbox, orderId), 'refunded');
    await assert.rejects(recordRefund(dependencies, { ...record, second: 'Watanabe' }), /wrong-state/);
    const { refunds_payable: owed, bank } = await readBalances(dependencies.db);
    assert.deepEqual([owed, bank], [0, -660]);
  }));

test('a line that cannot be issued gives its fee back; the last one all the rest', () =>
  withSandbox(async (sandbox) => {
    const { dependencies } = sandbox;
    const { db, orderId, checkout } = await pay(sandbox, 3);
    await move(sandbox, orderId, 'prepare');
    const [a, b, c] = (await readOrderLines(db, orderId)).map(({ id }) => id);
    const drop = (...lineIds: (string | undefined)[]) =>
      transaction(db, (tx) =>
        addJob(tx, 'refund-lines', { orderId, lineIds: lineIds.join(','), reason: 'not-eligible' }),
      );
    await drop(a);
    await drop(a);
    await sandbox.runJobs();
    assert.equal(await stateOf(sandbox, orderId), 'preparing');
    await drop(a, b, c);
    await sandbox.runJobs();
    assert.equal(await stateOf(sandbox, orderId), 'refunded');
    const { refunds } = await dependencies.provider.get(checkout);
    assert.deepEqual(
      refunds.map(({ amount }) => amount),
      [500, 1160],
    );
    assert.equal((await readBalances(db))['refunds_payable'], 0);
  }));

test('a line’s money that is on its way when its order is cancelled does not end the order before the rest is sent', () =>
  withSandbox(async (sandbox) => {
    const { dependencies } = sandbox;
    for (const twice of [false, true]) {
      const { db, orderId, checkout } = await pay(sandbox, 2);
      await move(sandbox, orderId, 'prepare');
      const [a, b] = (await readOrderLines(db, orderId)).map(({ id }) => id);
      await refundLines(dependencies, { orderId, lineIds: [a ?? ''] });
      const [refund] = await listRefunds(db, orderId);
      for (const event of ['make-ready', 'cancel'] as const) await move(sandbox, orderId, event);
      // The worker comes to the line's refund first.
      await sendRefund(dependencies, refund?.id ?? '');
      await refundOrder(dependencies, orderId);
      // The other line is refused by a job that was asked for before the cancelling.
      if (twice) await refundLines(dependencies, { orderId, lineIds: [b ?? ''] });
      await sandbox.runJobs();
      assert.equal(await stateOf(sandbox, orderId), 'refunded');
      const { refunds } = await dependencies.provider.get(checkout);
      assert.deepEqual(
        refunds.map(({ amount }) => amount),
        [500, 660],
      );
    }
  }));

test('an order whose line goes back by hand and whose rest by the company is refunded, whichever comes last', () =>
  withSandbox(async (sandbox) => {
    const { dependencies, act } = sandbox;
    const { db } = dependencies;
    for (const byHandLast of [true, false]) {
      const { orderId, checkout } = await pay(sandbox, 2);
      await move(sandbox, orderId, 'prepare');
      const [line] = await readOrderLines(db, orderId);
      await refundLines(dependencies, { orderId, lineIds: [line?.id ?? ''] });
      for (const _ of [1, 2, 3]) await act('next-refund/failed');
      await sandbox.runJobs();
      for (const event of ['make-ready', 'cancel'] as const) await move(sandbox, orderId, event);
      const record = { orderId, by: 'Ito', second: 'Watanabe', reason: 'transfer 1' };
      if (!byHandLast) await recordRefund(dependencies, record);
      await refundOrder(dependencies, orderId);
      await sandbox.runJobs();
      if (byHandLast) await recordRefund(dependencies, record);
      assert.equal(await stateOf(sandbox, orderId), 'refunded');
      assert.equal((await dependencies.provider.get(checkout)).refunds.at(-1)?.amount, 660);
    }
    assert.equal((await readBalances(db))['refunds_payable'], 0);
  }));

test('the lines of an order that cost nothing end it without money', () =>
  withSandbox(async (sandbox) => {
    const { db } = sandbox.dependencies;
    const orderId = await insertOrder(db, await insertAccount(db));
    await db.updateTable('certificate_order').set({ state: 'held' }).where('id', '=', orderId).execute();
    const lineIds = (await readOrderLines(db, orderId)).map(({ id }) => id);
    await refundLines(sandbox.dependencies, { orderId, lineIds });
    assert.equal(await stateOf(sandbox, orderId), 'cancelled');
  }));

test('the database refuses to give back more than came in', () =>
  withSandbox(async (sandbox) => {
    const { db, payment } = await pay(sandbox);
    const values = { payment_id: payment.id, amount_yen: 661, reason: 'paid-twice', state: 'ready' };
    const work = db.insertInto('payment_refund').values({ ...values, created_at: payment.createdAt });
    await assert.rejects(work.execute(), /exceed what was paid/);
  }));
