import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { SentDelivery } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { moveDelivery } from './follow-order.ts';
import type { LinkView } from './read-link.ts';
import { lockLink } from './read-link.ts';

/** Notes the first opening of a locked sending; later ones change nothing. */
export const noteOpening = async (
  tx: Database,
  delivery: SentDelivery,
  at: Temporal.Instant,
): Promise<void> => {
  if (delivery.state !== 'sent') return;
  const actor = `recipient:${delivery.id}`;
  await moveDelivery(tx, { delivery, event: 'open', at, actor, change: { openedAt: at } });
};

/**
 * Opens a sending by its button. The page itself never does: scanners fetch every link of a mail, and what counts as
 * opened cannot be called back.
 */
export const openDelivery = (dependencies: DeliveryDependencies, token: string): Promise<LinkView> =>
  transaction(dependencies.db, async (tx) => {
    const link = await lockLink(tx, dependencies, token);
    if (link.kind === 'open' && !link.delivery.asksCode)
      await noteOpening(tx, link.delivery, dependencies.clock.now());
    return link;
  });
