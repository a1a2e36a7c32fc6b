import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { signWebhook } from '#dev/shared/webhook-delivery.ts';
import { readOrder } from '#features/ordering/index.ts';
import { manualClock } from '#platform/clock.ts';
import type { Sandbox } from '#test/support/payment.ts';
import {
  countJobs,
  insertAccount,
  insertOrder,
  SECRETS,
  untilDone,
  withSandbox,
} from '#test/support/payment.ts';
import { cancelCheckout } from './cancel-checkout.ts';
import { paymentJobs } from './jobs.ts';
import { readBalances } from './ledger-store.ts';
import { openCheckout } from './open-checkout.ts';
import { ensurePayment } from './payment-store.ts';
import { receiveWebhook } from './receive-webhook.ts';
import { settlePayment } from './settle-payment.ts';
import { startPayment } from './start-payment.ts';

const CHAOS = { duplicate: 0.3, reorder: 0.3, forge: 0.05, serverErrorAfterSuccess: 0.3, dropResponse: 0.2 };

test('under chaos each order is paid once, after its money, and the ledger stays at 0', () =>
  withSandbox(async ({ dependencies, answers, act }) => {
    const { db } = dependencies;
    const account = await insertAccount(db);
    for (let number = 0; number < 12; number += 1) {
      const order = await readOrder(db, await insertOrder(db, account));
      const payment = await untilDone(() => startPayment(dependencies, order, 'en'));
      const again = await untilDone(() => startPayment(dependencies, order, 'en'));
      assert.equal(again.checkoutUrl, payment.checkoutUrl);
      assert.equal(await untilDone(() => settlePayment(dependencies, payment.id)), 'open');
      assert.equal((await readOrder(db, order.id)).state, 'awaiting_payment');
      await act(`checkouts/${payment.checkoutId}/succeed`);
      await Promise.all([1, 2, 3, 4].map(() => settlePayment(dependencies, payment.id)));
      assert.equal((await readOrder(db, order.id)).state, 'paid');
    }
    assert.equal(await countJobs(db, 'issue-order'), 12);
    assert.deepEqual(await readBalances(db), { receivable: 0, clearing: 7920, revenue: -7920 });
    for (let look = 0; answers.ok < 12 && look < 200; look += 1) {
      await new Promise((soon) => setTimeout(soon, 50));
    }
    assert.ok(answers.ok >= 12, 'every webhook arrived');
  }, CHAOS));

test('a replayed webhook has no effect; a forged or stale one is refused', () =>
  withSandbox(async ({ dependencies }) => {
    const body = JSON.stringify({ id: 'evt_1', checkout: { id: 'chk_1', reference: 'none' } });
    const signature = signWebhook(SECRETS.webhookSecret, body);
    assert.equal(await receiveWebhook(dependencies, body, () => signature), 'new');
    assert.equal(await receiveWebhook(dependencies, body, () => signature), 'known');
    const stale = signWebhook(SECRETS.webhookSecret, body, Math.floor(Date.now() / 1000) - 301);
    for (const wrong of [stale, `t=1,v1=${'0'.repeat(64)}`]) {
      await assert.rejects(
        receiveWebhook(dependencies, body, () => wrong),
        /not-allowed/,
      );
    }
  }));

test('the company never hears of a payment whose order ended before it was asked', () =>
  withSandbox(async ({ dependencies }) => {
    const { db, clock, provider } = dependencies;
    const order = await readOrder(db, await insertOrder(db, await insertAccount(db)));
    const wanted = {
      orderId: order.id,
      provider: provider.name,
      method: 'card',
      amount: order.total,
    } as const;
    const times = { at: clock.now(), expiresAt: order.paymentDeadline };
    const ready = await ensurePayment(db, { ...wanted, language: 'en', ...times });
    assert.ok(ready);
    await cancelCheckout(dependencies, order.id);
    const deaf = { ...provider, create: () => assert.fail('the company was asked') };
    const { state, checkoutId } = await openCheckout({ ...dependencies, provider: deaf }, ready);
    assert.deepEqual([state, checkoutId], ['closed', null]);
  }));

const cashOrder = async ({ dependencies, act }: Sandbox) => {
  const { db } = dependencies;
  const order = await readOrder(db, await insertOrder(db, await insertAccount(db)));
  const payment = await startPayment(dependencies, order, 'en', 'storeCash');
  await act(`checkouts/${payment.checkoutId}/issue-slips`);
  assert.equal(await settlePayment(dependencies, payment.id), 'open');
  return { db, order, payment };
};

test('a number for cash is not money; cash has until 23:59:59 of the third day', () =>
  withSandbox(async (sandbox) => {
    const { dependencies, act } = sandbox;
    const { db, order, payment } = await cashOrder(sandbox);
    const waiting = await readOrder(db, order.id);
    assert.equal(waiting.state, 'awaiting_payment');
    const ends = waiting.paymentDeadline.toZonedDateTimeISO('Asia/Tokyo');
    assert.equal(ends.toPlainTime().toString(), '23:59:59');
    const today = dependencies.clock.now().toZonedDateTimeISO('Asia/Tokyo').toPlainDate();
    assert.equal(today.until(ends.toPlainDate()).days, 3);
    assert.equal(await countJobs(db, 'issue-order'), 0);
    await act(`checkouts/${payment.checkoutId}/succeed`);
    assert.equal(await settlePayment(dependencies, payment.id), 'settled');
    assert.equal((await readOrder(db, order.id)).state, 'paid');
  }));

test('cash cannot be paid into the year-end stop of what was ordered', () =>
  withSandbox(async ({ dependencies }) => {
    const { db } = dependencies;
    const id = await insertOrder(db, await insertAccount(db));
    const latest = dependencies.clock.now().round('second').add({ hours: 20 });
    await db.updateTable('certificate_order').set({ payment_latest: latest }).where('id', '=', id).execute();
    const payment = await startPayment(dependencies, await readOrder(db, id), 'en', 'storeCash');
    assert.deepEqual(payment.expiresAt, latest);
    assert.deepEqual((await readOrder(db, id)).paymentDeadline, latest);
  }));

test('a wallet that has only agreed has not paid', () =>
  withSandbox(async ({ dependencies, act }) => {
    const { db } = dependencies;
    const order = await readOrder(db, await insertOrder(db, await insertAccount(db)));
    const payment = await startPayment(dependencies, order, 'en', 'qrWallet');
    await act(`checkouts/${payment.checkoutId}/authorise`);
    assert.equal(await settlePayment(dependencies, payment.id), 'open');
    await act(`checkouts/${payment.checkoutId}/succeed`);
    assert.equal(await settlePayment(dependencies, payment.id), 'settled');
  }));

test('another method closes the first checkout before it opens a second', () =>
  withSandbox(async (sandbox) => {
    const { dependencies } = sandbox;
    const { db, order, payment } = await cashOrder(sandbox);
    const card = await startPayment(dependencies, await readOrder(db, order.id), 'en', 'card');
    assert.notEqual(card.id, payment.id);
    const first = await dependencies.provider.get(payment.checkoutId ?? '');
    assert.equal(first.state, 'closed');
  }));

test('cash that was quicker than a change of method pays the order, and no second checkout opens', () =>
  withSandbox(async (sandbox) => {
    const { dependencies, act } = sandbox;
    const { db, order, payment } = await cashOrder(sandbox);
    await act(`checkouts/${payment.checkoutId}/succeed`);
    const waiting = await readOrder(db, order.id);
    await assert.rejects(startPayment(dependencies, waiting, 'en', 'card'), /wrong-state/);
    assert.equal((await readOrder(db, order.id)).state, 'paid');
  }));

test('a payment that takes days is asked about less and less often, but every hour', () => {
  const clock = manualClock('2026-11-24T03:00:00Z');
  const quiet = async ({ dependencies }: Sandbox): Promise<void> => {
    const { db } = dependencies;
    const order = await insertOrder(db, await insertAccount(db), { at: clock.now() });
    await startPayment(dependencies, await readOrder(db, order), 'en');
    const asked: number[] = [];
    for (let minute = 2; minute <= 360; minute += 2) {
      clock.advance({ minutes: 2 });
      await paymentJobs(dependencies)['sweep-payments']?.({});
      if ((await countJobs(db, 'fetch-payment')) === 0) continue;
      asked.push(minute);
      const taken = sql`select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs
        where task_identifier = 'fetch-payment'`;
      await taken.execute(db);
    }
    assert.deepEqual(asked, [2, 4, 8, 16, 32, 64, 124, 184, 244, 304]);
  };
  return withSandbox(quiet, {}, clock);
});
