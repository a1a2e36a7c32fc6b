import type { Database } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';

/** Gives an unpaid order more time, in the caller's transaction: cash at a store takes days. */
export const extendPaymentDeadline = async (
  tx: Database,
  orderId: string,
  deadline: Temporal.Instant,
): Promise<void> => {
  await tx
    .updateTable('certificate_order')
    .set({ payment_deadline: deadline })
    .where('id', '=', orderId)
    .where('state', '=', 'awaiting_payment')
    .execute();
  await addJob(tx, 'expire-order', { orderId }, { key: `expire-order:${orderId}`, runAt: deadline });
};
