import { AkashiError } from '#domain/error.ts';
import type { OrderState } from '#domain/order/states.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { lockOrderState } from './order-state-store.ts';
import type { Order } from './order-store.ts';
import { transitionOrder } from './transition-order.ts';

/** Nothing is paid yet. */
export const UNPAID: readonly OrderState[] = ['awaiting_names', 'awaiting_payment'];

/** Made, and nothing of it printed or ever opened: its owner may still have the money back. */
const RETURNABLE: readonly OrderState[] = ['ready', 'to_print', 'to_send', 'recalled'];

/** Where cancelling has led. */
const WITHDRAWN: readonly OrderState[] = ['cancelled', 'refund_ready', 'refund_submitted', 'refunded'];

/** Whether its owner may cancel an order now: until the first print or opening. */
export const isCancellable = ({ state }: Pick<Order, 'state'>): boolean =>
  UNPAID.includes(state) || RETURNABLE.includes(state);

/**
 * Cancels an order for its owner, under the lock that a copier's claim takes too: of the two only one happens. An
 * unpaid order closes its checkout; of a paid one the documents are withdrawn and the money goes back as it came. Once
 * more it does nothing. Throws `wrong-state` once anything is printed or opened.
 */
export const cancelOrder = (
  { db, clock }: { db: Database; clock: Clock },
  order: Pick<Order, 'id' | 'accountId' | 'total'>,
): Promise<void> =>
  transaction(db, async (tx) => {
    const orderId = order.id;
    const state = await lockOrderState(tx, orderId);
    // Sent again because its answer was lost, it has been done already.
    if (state !== null && WITHDRAWN.includes(state)) return;
    if (state === null || !isCancellable({ state })) throw new AkashiError('wrong-state', { state });
    const unpaid = UNPAID.includes(state);
    const event = !unpaid && order.total === 0 ? 'give-up' : 'cancel';
    const actor = `account:${order.accountId}`;
    await transitionOrder(tx, { orderId, event, at: clock.now(), actor });
    const follow = (name: string): Promise<void> =>
      addJob(tx, name, { orderId }, { key: `${name}:${orderId}` });
    if (unpaid) return follow('cancel-checkout');
    await follow('withdraw-order');
    await follow('close-print');
    if (order.total > 0) await follow('refund-order');
  });
