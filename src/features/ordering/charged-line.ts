import type { OrderLine } from './line-store.ts';
import type { Order } from './order-store.ts';

/** Whether a line is part of what its order cost: one whose name no font prints leaves it before anything is paid. */
export const isCharged = (
  { paidAt, total }: Pick<Order, 'paidAt' | 'total'>,
  { state, since }: Pick<OrderLine, 'state' | 'since'>,
): boolean => {
  if (state !== 'not_issued') return true;
  if (paidAt === null || total === 0) return false;
  return since === null || Temporal.Instant.compare(since, paidAt) >= 0;
};
