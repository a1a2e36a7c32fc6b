import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { askCompany } from './ask-company.ts';
import { cancelCheckout } from './cancel-checkout.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { listDisputedPayments } from './dispute-store.ts';
import { followDisputes } from './follow-disputes.ts';
import { takeDue } from './payment-store.ts';
import { nextReconciliation, reconcile } from './reconcile.ts';
import { refundLines, refundOrder } from './refund-order.ts';
import { listOrdersToRefund, listSubmittedRefunds } from './refund-store.ts';
import { sendRefund } from './send-refund.ts';
import { settlePayment } from './settle-payment.ts';

const SWEEP_EVERY = { minutes: 2 };

/** Asks for the first sweep and the next night's reconciliation; each asks for its next. Called at the start. */
export const schedulePaymentSweep = async (db: Database, now: Temporal.Instant): Promise<void> => {
  await addJob(db, 'sweep-payments', {}, { key: 'sweep-payments' });
  await scheduleReconciliation(db, now);
};

const scheduleReconciliation = (db: Database, now: Temporal.Instant): Promise<void> =>
  addJob(db, 'reconcile-payments', {}, { key: 'reconcile-payments', runAt: nextReconciliation(now) });

const reconcileNightly = async (dependencies: PaymentDependencies): Promise<void> => {
  const { sum, openClearing, unknownYen } = await reconcile(dependencies);
  // The message of a decision may have been lost.
  for (const paymentId of await listDisputedPayments(dependencies.db)) {
    await askCompany(dependencies.db, 'fetch-disputes', paymentId);
  }
  dependencies.log.info({ sum, openClearing: openClearing.length, unknownYen }, 'payments reconciled');
  await scheduleReconciliation(dependencies.db, dependencies.clock.now());
};

/** Resumes what a crash interrupted and finds what a lost webhook would have told. */
const sweep = async ({ db, clock }: PaymentDependencies): Promise<void> => {
  const now = clock.now();
  await transaction(db, async (tx) => {
    for (const paymentId of await takeDue(tx, { before: now.subtract({ minutes: 1 }), now }))
      await askCompany(tx, 'fetch-payment', paymentId);
  });
  for (const refundId of await listSubmittedRefunds(db)) {
    await addJob(db, 'send-refund', { refundId }, { key: `send-refund:${refundId}` });
  }
  for (const orderId of await listOrdersToRefund(db)) {
    await addJob(db, 'refund-order', { orderId }, { key: `refund-order:${orderId}` });
  }
  await addJob(db, 'sweep-payments', {}, { key: 'sweep-payments', runAt: now.add(SWEEP_EVERY) });
};

export const paymentJobs = (dependencies: PaymentDependencies): JobHandlers => ({
  'fetch-payment': async ({ paymentId = '' }) => void (await settlePayment(dependencies, paymentId)),
  /** An order was cancelled or has expired: nobody shall pay it any more. */
  'cancel-checkout': ({ orderId = '' }) => cancelCheckout(dependencies, orderId),
  /** An order is `refund_ready`. */
  'refund-order': ({ orderId = '' }) => refundOrder(dependencies, orderId),
  /** Lines, separated by commas, that cannot be issued. */
  'refund-lines': ({ orderId = '', lineIds = '' }) =>
    refundLines(dependencies, { orderId, lineIds: lineIds.split(',').filter(Boolean) }),
  'fetch-disputes': ({ paymentId = '' }) => followDisputes(dependencies, paymentId),
  'send-refund': ({ refundId = '' }) => sendRefund(dependencies, refundId),
  'sweep-payments': () => sweep(dependencies),
  'reconcile-payments': () => reconcileNightly(dependencies),
});
