import type { DatabaseTransaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { Order } from './order-store.ts';
import { transitionLocked } from './transition-order.ts';

/**
 * Hands an order whose documents are made, and whose row this transaction has locked, to whoever brings them to the
 * recipient: a copier or the sender at once; the office finds its own by the state. Done once already it changes nothing.
 */
export const releaseOrder = async (
  tx: DatabaseTransaction,
  { id: orderId, state, destination }: Pick<Order, 'id' | 'state' | 'destination'>,
  at: Temporal.Instant,
): Promise<void> => {
  if (state !== 'preparing') return;
  if (destination === 'store' || destination === 'campus') {
    await addJob(tx, 'prepare-print', { orderId }, { key: `prepare-print:${orderId}` });
    return;
  }
  const digital = destination === 'digital';
  const event = digital ? 'queue-for-sending' : 'queue-for-office';
  await transitionLocked(tx, state, { orderId, event, at, actor: 'system' });
  if (digital) await addJob(tx, 'send-order', { orderId }, { key: `send-order:${orderId}` });
};
