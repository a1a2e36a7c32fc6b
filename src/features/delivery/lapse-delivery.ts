import { readOrder } from '#features/ordering/index.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { forgetCode } from './code-store.ts';
import { listDeliveryDocuments, lockDelivery } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { moveDelivery } from './follow-order.ts';
import { tellApplicant } from './tell-applicant.ts';

/** Ends a link at its time and has its documents destroyed; asked too early it does nothing, another job will come. */
export const lapseDelivery = (dependencies: DeliveryDependencies, deliveryId: string): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const delivery = await lockDelivery(tx, deliveryId);
    const at = dependencies.clock.now();
    if (Temporal.Instant.compare(at, delivery.linkUntil) <= 0) return;
    if (delivery.state === 'sent' || delivery.state === 'opened') {
      await moveDelivery(tx, { delivery, event: 'lapse', at, actor: 'system' });
      const { organisation } = delivery;
      await tellApplicant(tx, dependencies, await readOrder(tx, delivery.orderId), {
        kind: 'expired',
        organisation,
      });
    }
    await forgetCode(tx, deliveryId);
    for (const { documentId } of await listDeliveryDocuments(tx, deliveryId))
      await addJob(tx, 'purge-document', { documentId }, { key: `purge-document:${documentId}` });
  });

/** Tells the applicant some days before the end that a recipient has not fetched everything. */
export const warnDelivery = (dependencies: DeliveryDependencies, deliveryId: string): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const { state, linkUntil, organisation, orderId } = await lockDelivery(tx, deliveryId);
    const now = dependencies.clock.now();
    const waiting = state === 'sent' || state === 'opened';
    if (!waiting || Temporal.Instant.compare(now, linkUntil) > 0) return;
    const order = await readOrder(tx, orderId);
    await tellApplicant(tx, dependencies, order, { kind: 'waiting', organisation, until: linkUntil });
  });
