import { readOrder } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import { transaction } from '#platform/database/database.ts';
import { findMail } from '#platform/mail/outbox.ts';
import { lockDelivery, updateDelivery } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { LINK_MAIL } from './mail-link.ts';
import { tellApplicant } from './tell-applicant.ts';

/** Marks a sending whose newest mail came back, and tells the applicant, who can correct the address. */
export const noteDeliveryBounce = (dependencies: DeliveryDependencies, mailId: string): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const mail = await findMail(tx, mailId);
    if (mail?.kind !== LINK_MAIL || mail.reference === null || mail.status === null) return;
    const delivery = await lockDelivery(tx, mail.reference);
    // A report about an older link says nothing of the newer one.
    const older = Temporal.Instant.compare(mail.queuedAt, delivery.sentAt) < 0;
    if (older || delivery.bouncedAt !== null || delivery.state !== 'sent') return;
    const at = dependencies.clock.now();
    await updateDelivery(tx, delivery.id, { bouncedAt: at, bounceStatus: mail.status });
    const data = { deliveryId: delivery.id, mailId, status: mail.status };
    const subject = `order:${delivery.orderId}`;
    await recordEvent(tx, { at, type: 'delivery.bounced', subject, actor: 'relay', data });
    const { organisation, mail: address } = delivery;
    const order = await readOrder(tx, delivery.orderId);
    await tellApplicant(tx, dependencies, order, { kind: 'bounced', organisation, address });
  });
