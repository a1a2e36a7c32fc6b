import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOrderLines } from '#features/ordering/index.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { move, start, stateOf } from '#test/support/paid-orders.ts';
import { withSandbox } from '#test/support/payment.ts';
import { decideLatePayment } from './decide-late-payment.ts';
import { listLatePayments } from './payment-store.ts';
import { refundLines } from './refund-order.ts';
import { listRefunds } from './refund-store.ts';
import { settlePayment } from './settle-payment.ts';

test('an expired or cancelled order closes its checkout; money that comes all the same waits for a person', () =>
  withSandbox(async (sandbox) => {
    const { dependencies, act } = sandbox;
    for (const [event, decision, end] of [
      ['expire', 'accept', 'paid'],
      ['cancel', 'return', 'refunded'],
    ] as const) {
      const { db, orderId, checkout } = await start(sandbox);
      await move(sandbox, orderId, event);
      await db
        .updateTable('certificate_order')
        .set({ payment_deadline: dependencies.clock.now().subtract({ minutes: 5 }) })
        .where('id', '=', orderId)
        .execute();
      await addJob(db, 'cancel-checkout', { orderId });
      await sandbox.runJobs();
      assert.equal((await dependencies.provider.get(checkout)).state, 'closed');
      await act(`checkouts/${checkout}/succeed-late`);
      const [payment] = await db.selectFrom('payment').select('id').where('order_id', '=', orderId).execute();
      await settlePayment(dependencies, payment?.id ?? '');
      await settlePayment(dependencies, payment?.id ?? '');
      assert.equal(await stateOf(sandbox, orderId), 'paid_late');
      assert.equal((await listLatePayments(db)).length, 1);
      const lines = await readOrderLines(db, orderId);
      await refundLines(dependencies, { orderId, lineIds: lines.map(({ id }) => id) });
      assert.deepEqual(await listRefunds(db, orderId), [], 'nothing of it goes back before that');
      await decideLatePayment(dependencies, { orderId, decision, actor: 'staff:Ito', reason: 'because' });
      await sandbox.runJobs();
      assert.equal(await stateOf(sandbox, orderId), end);
      assert.equal((await listLatePayments(db)).length, 0);
      const again = { orderId, decision, actor: 'staff:Ito', reason: 'again' };
      await assert.rejects(decideLatePayment(dependencies, again), /wrong-state/);
    }
    const mails = await dependencies.db.selectFrom('mail_outbox').select('kind').execute();
    assert.equal(mails.filter(({ kind }) => kind === 'payment-late').length, 2);
  }));

test('money that the company had in time but told late needs no decision', () =>
  withSandbox(async (sandbox) => {
    const { orderId, payment, checkout } = await start(sandbox);
    await sandbox.act(`checkouts/${checkout}/succeed`);
    await move(sandbox, orderId, 'expire');
    await settlePayment(sandbox.dependencies, payment.id);
    assert.equal(await stateOf(sandbox, orderId), 'paid');
  }));
