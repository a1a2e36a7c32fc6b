import { AkashiError } from '#domain/error.ts';
import type { Order } from '#features/ordering/index.ts';
import { transaction } from '#platform/database/database.ts';
import { forgetCode } from './code-store.ts';
import { lockDeliveries } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { moveDelivery } from './follow-order.ts';

/** Calls a sending back; throws `wrong-state` once it was opened, `not-found` for no such recipient. */
export const recallDelivery = (
  { db, clock }: Pick<DeliveryDependencies, 'db' | 'clock'>,
  order: Pick<Order, 'id' | 'accountId'>,
  position: number,
): Promise<void> =>
  transaction(db, async (tx) => {
    const delivery = (await lockDeliveries(tx, order.id)).find((one) => one.position === position);
    if (delivery === undefined) throw new AkashiError('not-found', { position });
    const at = clock.now();
    const actor = `account:${order.accountId}`;
    await moveDelivery(tx, { delivery, event: 'recall', at, actor, change: { recalledAt: at } });
    await forgetCode(tx, delivery.id);
  });
