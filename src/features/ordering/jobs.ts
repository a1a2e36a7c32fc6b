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

export const orderingJobs = (dependencies: OrderingDependencies): JobHandlers => ({
  'remind-order': ({ orderId = '', deadline = '', days = '' }) =>
    remindOrder(dependencies, { orderId, deadline, days }),
  'expire-order': ({ orderId }) => expireOrder(dependencies, orderId ?? ''),
  'end-names-wait': ({ orderId = '' }) => endNamesWait(dependencies, orderId),
  'end-line-hold': ({ orderId = '', lineId = '' }) => endLineHold(dependencies, { orderId, lineId }),
});
