import type { Database } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { updatePaymentDeadline } from './deadline-store.ts';

/** Gives an unpaid order more time, in the caller's transaction: cash at a store takes days. */
export const extendPaymentDeadline = async (
  tx: Database,
  orderId: string,
  deadline: Temporal.Instant,
): Promise<void> => {
  await updatePaymentDeadline(tx, orderId, deadline);
  await addJob(tx, 'expire-order', { orderId }, { key: `expire-order:${orderId}`, runAt: deadline });
};
