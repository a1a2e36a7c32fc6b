import type { Database } from '#platform/database/database.ts';
import { write } from '#platform/database/database.ts';

/** Without effect once the order waits for no money any more. */
export const updatePaymentDeadline = async (
  tx: Database,
  orderId: string,
  deadline: Temporal.Instant,
): Promise<void> => {
  await write(
    tx,
    tx
      .updateTable('certificate_order')
      .set({ payment_deadline: deadline })
      .where('id', '=', orderId)
      .where('state', '=', 'awaiting_payment'),
  );
};

/** Until when a made order can be printed. */
export const savePrintDeadline = async (
  tx: Database,
  orderId: string,
  deadline: Temporal.Instant,
): Promise<void> => {
  await write(
    tx,
    tx.updateTable('certificate_order').set({ print_deadline: deadline }).where('id', '=', orderId),
  );
};
