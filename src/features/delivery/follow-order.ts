import type { DeliveryEvent, DeliveryState } from '#domain/delivery/states.ts';
import { nextDeliveryState, orderEventBetween, orderStateOf } from '#domain/delivery/states.ts';
import { readOrder, transitionOrder } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Database } from '#platform/database/database.ts';
import type { DeliveryChange, SentDelivery } from './delivery-store.ts';
import { listDeliveries, updateDelivery } from './delivery-store.ts';

export type DeliveryMove = {
  readonly delivery: SentDelivery;
  readonly event: DeliveryEvent;
  readonly at: Temporal.Instant;
  readonly actor: string;
  /** What else changes with it. */
  readonly change?: DeliveryChange;
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
};

/**
 * Moves a locked sending along its table, writes the audit event and lets the order follow. Throws `wrong-state` where
 * either table has no such edge.
 */
export const moveDelivery = async (tx: Database, move: DeliveryMove): Promise<DeliveryState> => {
  const { delivery, event, at, actor, change = {}, data = {} } = move;
  const { id: deliveryId, orderId } = delivery;
  const to = nextDeliveryState(delivery.state, event);
  await updateDelivery(tx, deliveryId, { ...change, state: to });
  await recordEvent(tx, {
    at,
    type: `delivery.${event}`,
    subject: `order:${orderId}`,
    actor,
    data: { deliveryId, position: delivery.position, from: delivery.state, to, ...data },
  });
  await followOrder(tx, { orderId, at, actor });
  return to;
};

const followOrder = async (
  tx: Database,
  { orderId, at, actor }: { orderId: string; at: Temporal.Instant; actor: string },
): Promise<void> => {
  const { state } = await readOrder(tx, orderId);
  const deliveries = await listDeliveries(tx, orderId);
  const wanted = orderStateOf(
    deliveries.map((one) => ({ state: one.state, wasOpened: one.openedAt !== null })),
  );
  if (state === wanted) return;
  await transitionOrder(tx, { orderId, event: orderEventBetween(state, wanted), at, actor });
};
