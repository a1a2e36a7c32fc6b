import { transaction } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { endLineHold } from './answer-held-line.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { lockOrderState } from './order-state-store.ts';
import { readOrder } from './order-store.ts';
import { remindOrder } from './remind-order.ts';
import { endNamesWait } from './settle-names.ts';
import { transitionOrder } from './transition-order.ts';

/** Lets an unpaid order go at its payment deadline; asked too early it asks again then. */
export const expireOrder = (
  { db, clock }: Pick<OrderingDependencies, 'db' | 'clock'>,
  orderId: string,
): Promise<void> =>
  transaction(db, async (tx) => {
    if ((await lockOrderState(tx, orderId)) !== 'awaiting_payment') return;
    const { paymentDeadline } = await readOrder(tx, orderId);
    if (Temporal.Instant.compare(clock.now(), paymentDeadline) < 0) {
      const options = { key: `expire-order:${orderId}`, runAt: paymentDeadline };
      await addJob(tx, 'expire-order', { orderId }, options);
      return;
    }
    await transitionOrder(tx, { orderId, event: 'expire', at: clock.now(), actor: 'system' });
    await addJob(tx, 'cancel-checkout', { orderId }, { key: `cancel-checkout:${orderId}` });
  });

/**
 * Hands an order whose documents are made to whoever brings them to the recipient: a copier or the sender at
 * once; the office finds its own by the state.
 */
export const releaseOrder = (
  { db, clock }: Pick<OrderingDependencies, 'db' | 'clock'>,
  orderId: string,
): Promise<void> =>
  transaction(db, async (tx) => {
    if ((await lockOrderState(tx, orderId)) !== 'preparing') return;
    const { destination } = await readOrder(tx, orderId);
    if (destination === 'store' || destination === 'campus') {
      await addJob(tx, 'prepare-print', { orderId }, { key: `prepare-print:${orderId}` });
      return;
    }
    const digital = destination === 'digital';
    const event = digital ? 'queue-for-sending' : 'queue-for-office';
    await transitionOrder(tx, { orderId, event, at: clock.now(), actor: 'system' });
    if (digital) await addJob(tx, 'send-order', { orderId }, { key: `send-order:${orderId}` });
  });

export const orderingJobs = (dependencies: OrderingDependencies): JobHandlers => ({
  'remind-order': ({ orderId = '', deadline = '', days = '' }) =>
    remindOrder(dependencies, { orderId, deadline, days }),
  'release-order': ({ orderId = '' }) => releaseOrder(dependencies, orderId),
  'expire-order': ({ orderId }) => expireOrder(dependencies, orderId ?? ''),
  'end-names-wait': ({ orderId = '' }) => endNamesWait(dependencies, orderId),
  'end-line-hold': ({ orderId = '', lineId = '' }) => endLineHold(dependencies, { orderId, lineId }),
});
