import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { cancelOrder, readOrder, transitionOrder } from '#features/ordering/index.ts';
import { insertAccount, insertOrder, withSandbox } from '#test/support/payment.ts';
import type { Company } from '#test/support/payment-companies.ts';
import { startCompany } from '#test/support/payment-companies.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { followDisputes } from './follow-disputes.ts';
import { readBalances } from './ledger-store.ts';
import { receiveWebhook } from './receive-webhook.ts';
import { reconcile, reportLines } from './reconcile.ts';
import { refundOrder } from './refund-order.ts';
import { listRefunds } from './refund-store.ts';
import { sendRefund } from './send-refund.ts';
import { settlePayment } from './settle-payment.ts';
import { startPayment } from './start-payment.ts';

type Paid = {
  readonly dependencies: PaymentDependencies;
  readonly stripe: Company;
  readonly orderId: string;
  readonly paymentId: string;
  readonly checkoutId: string;
};

/** An order paid by card at the Stripe double, in a process of its own. */
const withPaid = (work: (paid: Paid) => Promise<void>): Promise<void> =>
  withSandbox(async (world) => {
    const stripe = await startCompany('stripe');
    try {
      const dependencies = { ...world.dependencies, provider: stripe.provider };
      const { db } = dependencies;
      const order = await readOrder(db, await insertOrder(db, await insertAccount(db)));
      const { id: paymentId, checkoutId } = await startPayment(dependencies, order, 'en');
      await stripe.act(checkoutId ?? '', 'succeed');
      await settlePayment(dependencies, paymentId);
      await work({ dependencies, stripe, orderId: order.id, paymentId, checkoutId: checkoutId ?? '' });
    } finally {
      await stripe.close();
    }
  });

const eventTypes = async ({ db }: PaymentDependencies): Promise<string[]> => {
  const rows = await db.selectFrom('audit_event').select('type').orderBy('id').execute();
  return rows.map(({ type }) => type).filter((type) => type.startsWith('dispute.'));
};

test('a dispute is found by its message, booked once however often it is told, and in the report until it is decided', () =>
  withPaid(async ({ dependencies, stripe, orderId, paymentId, checkoutId }) => {
    const { db } = dependencies;
    await stripe.act(checkoutId, 'dispute');
    const told = () => stripe.received.filter(({ body }) => body.includes('charge.dispute.created'));
    while (told().length === 0) await setTimeout(20);
    for (const { body, header } of told()) await receiveWebhook(dependencies, body, header);
    const jobs = await db.selectFrom('payment_webhook').select('event_id').execute();
    assert.equal(jobs.length, 1);
    const event = await stripe.provider.verifyWebhook(
      told()[0]?.body ?? '',
      told()[0]?.header ?? (() => undefined),
      dependencies.clock.now(),
    );
    assert.deepEqual([event?.reference, event?.dispute], [paymentId, true]);
    for (let times = 0; times < 3; times += 1) await followDisputes(dependencies, paymentId);
    assert.deepEqual(await eventTypes(dependencies), ['dispute.opened']);
    assert.equal((await readBalances(db))['disputed'], 660);
    assert.equal((await readOrder(db, orderId)).state, 'paid');
    assert.match(reportLines(await reconcile(dependencies)), /660 yen taken back by the payer's bank/);
    await stripe.act(checkoutId, 'lose-dispute');
    for (let times = 0; times < 2; times += 1) await followDisputes(dependencies, paymentId);
    assert.deepEqual(await eventTypes(dependencies), ['dispute.opened', 'dispute.lost']);
    const { disputed, losses } = await readBalances(db);
    assert.deepEqual([disputed, losses], [0, 660]);
    assert.deepEqual((await reconcile(dependencies)).chargebacks, []);
  }));

test('won, and paid out with its fee, everything returns to zero and the ledger is level', () =>
  withPaid(async ({ dependencies, stripe, paymentId, checkoutId }) => {
    await stripe.act(checkoutId, 'dispute');
    await followDisputes(dependencies, paymentId);
    await stripe.closeDay();
    const lost = await reconcile(dependencies);
    assert.deepEqual([lost.sum, lost.unknownYen, lost.openClearing.length], [0, 0, 0]);
    await stripe.act(checkoutId, 'win-dispute');
    await followDisputes(dependencies, paymentId);
    await stripe.closeDay();
    const won = await reconcile(dependencies);
    assert.deepEqual([won.sum, won.unknownYen, won.openClearing.length], [0, 0, 0]);
    const { disputed, bank, fees, revenue } = won.balances;
    assert.deepEqual([disputed, revenue, (bank ?? 0) + (fees ?? 0)], [0, -660, 660]);
  }));

test('what the bank has taken does not go back a second time when the order is cancelled', () =>
  withPaid(async ({ dependencies, stripe, orderId, paymentId, checkoutId }) => {
    const { db } = dependencies;
    await stripe.act(checkoutId, 'dispute');
    await followDisputes(dependencies, paymentId);
    const at = dependencies.clock.now();
    for (const event of ['prepare', 'make-ready'] as const)
      await transitionOrder(db, { orderId, event, at, actor: 'system' });
    await cancelOrder(dependencies, await readOrder(db, orderId));
    await refundOrder(dependencies, orderId);
    for (const { id } of await listRefunds(db, orderId)) await sendRefund(dependencies, id);
    assert.deepEqual(
      (await listRefunds(db, orderId)).map(({ state }) => state),
      ['by_hand'],
    );
    assert.equal((await stripe.provider.get(checkoutId)).refunds.length, 0);
  }));
