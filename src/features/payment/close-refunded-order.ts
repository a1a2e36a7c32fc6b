import type { Transition } from '#features/ordering/index.ts';
import { moveOrder } from '#features/ordering/index.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { findPaidWith } from './payment-store.ts';
import { keptOf, listRefunds } from './refund-store.ts';

/** An order has been refunded once everything it was paid with is back, and none of its money is on its way. */
export const closeRefundedOrder = async (
  tx: DatabaseTransaction,
  move: Transition & { readonly event: 'confirm-refund' | 'record-refund' },
): Promise<void> => {
  const refunds = await listRefunds(tx, move.orderId);
  if (refunds.some(({ state }) => state !== 'done')) return;
  const payment = await findPaidWith(tx, move.orderId);
  const kept = payment === null ? 0 : await keptOf(tx, payment);
  if (kept <= 0) await moveOrder(tx, move);
};
