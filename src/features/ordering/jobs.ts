import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { lockOrderState, readOrder } from './order-store.ts';
import { remindOrder } from './remind-order.ts';
import { transitionOrder } from './transition-order.ts';

/** Lets an unpaid order go at its payment deadline; asked too early it asks again then. */
export const expireOrder = ({ db, clock }: { db: Database; clock: Clock }, orderId: string): Promise<void> =>
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

export const orderingJobs = (dependencies: { db: Database; clock: Clock; baseUrl: string }): JobHandlers => ({
  'remind-order': ({ orderId = '', deadline = '', days = '' }) =>
    remindOrder(dependencies, { orderId, deadline, days }),
  'expire-order': ({ orderId }) => expireOrder(dependencies, orderId ?? ''),
});
