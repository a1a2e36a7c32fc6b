import { recordEvent } from '#platform/audit/audit.ts';
import { transaction } from '#platform/database/database.ts';
import { updateDelivery } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { maySee } from './one-time-code.ts';
import type { ClosedLink } from './read-link.ts';
import { lockLink } from './read-link.ts';
import { linkEnd, scheduleLinkEnd } from './send-order.ts';

/** Lengthens a link, once, for its recipient who has opened it; a second time changes nothing. */
export const extendLink = (
  dependencies: DeliveryDependencies,
  { token, grant }: { token: string; grant: string | undefined },
): Promise<ClosedLink | 'closed' | 'extended' | 'already'> =>
  transaction(dependencies.db, async (tx) => {
    const link = await lockLink(tx, dependencies, token);
    if (link.kind !== 'open') return link.kind;
    const { delivery } = link;
    if (!(await maySee({ ...dependencies, db: tx }, delivery, grant))) return 'closed';
    if (delivery.extendedAt !== null) return 'already';
    const at = dependencies.clock.now();
    const linkUntil = linkEnd(delivery.linkUntil, dependencies.linkMonths);
    await updateDelivery(tx, delivery.id, { extendedAt: at, linkUntil });
    await scheduleLinkEnd(tx, delivery.id, linkUntil);
    const data = { deliveryId: delivery.id, until: linkUntil.toString() };
    const subject = `order:${delivery.orderId}`;
    const actor = `recipient:${delivery.id}`;
    await recordEvent(tx, { at, type: 'delivery.extended', subject, actor, data });
    return 'extended';
  });
