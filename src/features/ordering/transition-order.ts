import { AkashiError } from '#domain/error.ts';
import type { OrderEvent, OrderState } from '#domain/order/states.ts';
import { mayOrder, nextOrderState } from '#domain/order/states.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Database, DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { lockOrderState, saveOrderMove } from './order-state-store.ts';

export type Transition = {
  readonly orderId: string;
  readonly event: OrderEvent;
  readonly at: Temporal.Instant;
  /** `system`, or `account:…`, or the name of a person of staff. */
  readonly actor: string;
  /** Until when it can be printed, of an order that is made ready. */
  readonly printDeadline?: Temporal.Instant;
};

/**
 * Moves an order along one edge of the table, under a lock on its row: of two concurrent events the second sees the
 * first's state. Returns the new state; throws `wrong-state` where there is no such edge.
 */
export const transitionOrder = (db: Database, transition: Transition): Promise<OrderState> =>
  transaction(db, async (tx) => {
    const { orderId } = transition;
    const from = await lockOrderState(tx, orderId);
    if (from === null) throw new AkashiError('not-found', { orderId });
    return transitionLocked(tx, from, transition);
  });

/** The same of an order whose row this transaction has locked and found in state `from`. */
export const transitionLocked = async (
  tx: DatabaseTransaction,
  from: OrderState,
  transition: Transition,
): Promise<OrderState> => {
  const { orderId, event, at, actor, printDeadline } = transition;
  const to = nextOrderState(from, event);
  const isPaid = event === 'settle' || event === 'accept-late';
  const besides = { ...(isPaid && { paidAt: at }), ...(printDeadline && { printDeadline }) };
  await saveOrderMove(tx, { orderId, event, at, actor, from, to }, besides);
  const data = { event, from, to };
  await recordEvent(tx, { at, type: 'order.moved', subject: `order:${orderId}`, actor, data });
  return to;
};

/** The same where the table allows it; true when it did. */
export const moveOrder = async (tx: DatabaseTransaction, transition: Transition): Promise<boolean> => {
  const state = await lockOrderState(tx, transition.orderId);
  if (state === null || !mayOrder(state, transition.event)) return false;
  await transitionLocked(tx, state, transition);
  return true;
};
