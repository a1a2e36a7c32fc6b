import { isSharedIntake } from '#domain/delivery/shared-intake.ts';
import { mayDeliver } from '#domain/delivery/states.ts';
import { AkashiError } from '#domain/error.ts';
import type { Order } from '#features/ordering/index.ts';
import { transaction } from '#platform/database/database.ts';
import { forgetCode } from './code-store.ts';
import type { SentDelivery } from './delivery-store.ts';
import { lockDeliveries } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { moveDelivery } from './follow-order.ts';
import { mailLink } from './mail-link.ts';

/** Enough for every honest mistake; a stranger's mailbox is not filled by one order. */
export const MOST_SENDINGS = 5;

/** Whether a new link can be mailed: its documents are there, and not too many were. */
export const isResendable = ({ state, sendings, linkUntil }: SentDelivery, now: Temporal.Instant): boolean =>
  mayDeliver(state, 'resend') && sendings < MOST_SENDINGS && Temporal.Instant.compare(now, linkUntil) <= 0;

/** Whether the address may be another one this time: what was opened stays with who opened it. */
export const isCorrectable = ({ openedAt }: SentDelivery): boolean => openedAt === null;

/**
 * Mails a new link, to a corrected address where nothing was opened yet; the old link is dead from this moment. Throws
 * `wrong-state` when the sending is over, sent too often, or opened and now meant for somebody else.
 */
export const resendDelivery = (
  dependencies: DeliveryDependencies,
  order: Order,
  { position, mail }: { position: number; mail: string },
): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const at = dependencies.clock.now();
    const delivery = (await lockDeliveries(tx, order.id)).find((one) => one.position === position);
    if (delivery === undefined) throw new AkashiError('not-found', { position });
    const corrected = mail !== delivery.mail;
    if (!isResendable(delivery, at) || (corrected && !isCorrectable(delivery)))
      throw new AkashiError('wrong-state', { state: delivery.state, sendings: delivery.sendings });
    const openUndo = await dependencies.hasOpenUndo(tx, order.accountId, at);
    await moveDelivery(tx, {
      delivery,
      event: 'resend',
      at,
      actor: `account:${order.accountId}`,
      change: {
        mail,
        // A code would lock people out of a mailbox they share.
        asksCode: delivery.asksCode && !isSharedIntake(mail),
        sendings: delivery.sendings + 1,
        sentAt: at,
        recalledAt: null,
        bouncedAt: null,
        bounceStatus: null,
      },
      data: { corrected, openUndo, sending: delivery.sendings + 1 },
    });
    await forgetCode(tx, delivery.id);
    await mailLink(tx, dependencies, order, delivery.id);
  });
