import { randomUUID } from 'node:crypto';
import { endOfTokyoDay, startOfTokyoDay, tokyoDate } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import { readOrder, readOrderLines, transitionOrder } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { assignDocuments } from './assign-documents.ts';
import { insertDelivery } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { mailLink } from './mail-link.ts';
import { tellApplicant } from './tell-applicant.ts';

/** 23:59:59 JST, `months` after the date of `from`. */
export const linkEnd = (from: Temporal.Instant, months: number): Temporal.Instant =>
  endOfTokyoDay(tokyoDate(from).add({ months }));

/** Days before its end at which the applicant hears that nobody has fetched the documents. */
const WARN_DAYS = 7;

/** Asks for the jobs that a link's end brings; again when it has moved. */
export const scheduleLinkEnd = async (
  tx: Database,
  deliveryId: string,
  until: Temporal.Instant,
): Promise<void> => {
  const payload = { deliveryId };
  const warnAt = startOfTokyoDay(tokyoDate(until).subtract({ days: WARN_DAYS })).add({ hours: 9 });
  await addJob(tx, 'warn-delivery', payload, { key: `warn-delivery:${deliveryId}`, runAt: warnAt });
  const runAt = until.add({ seconds: 1 });
  await addJob(tx, 'lapse-delivery', payload, { key: `lapse-delivery:${deliveryId}`, runAt });
};

/**
 * Sends an order whose documents are made: one row, one link and one mail for each recipient, all in one transaction, so
 * that a crash sends nothing twice and forgets nobody. A second run finds the work done.
 */
export const sendOrder = (dependencies: DeliveryDependencies, orderId: string): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const order = await readOrder(tx, orderId);
    if (order.state !== 'to_send') return;
    const at = dependencies.clock.now();
    await transitionOrder(tx, { orderId, event: 'send', at, actor: 'system' });
    const recipients = order.delivery?.kind === 'digital' ? order.delivery.recipients : [];
    const lines = await readOrderLines(tx, orderId);
    const documents = await dependencies.listDocuments(tx, orderId);
    const shares = assignDocuments(recipients, lines, documents);
    if (shares.every((share) => share.length === 0)) throw new AkashiError('unexpected', { orderId });
    const linkUntil = linkEnd(at, dependencies.linkMonths);
    const openUndo = await dependencies.hasOpenUndo(tx, order.accountId, at);
    for (const [index, recipient] of recipients.entries()) {
      const share = shares[index] ?? [];
      // Everything meant for this one was refused: its line has told the applicant.
      if (share.length === 0) continue;
      const id = randomUUID();
      const position = index + 1;
      const asksCode = recipient.asksCode === true;
      await insertDelivery(
        tx,
        { ...recipient, id, orderId, position, asksCode, sentAt: at, linkUntil },
        share,
      );
      for (const documentId of share) await dependencies.keepDocument(tx, documentId, at);
      await mailLink(tx, dependencies, order, id);
      await scheduleLinkEnd(tx, id, linkUntil);
      const data = { deliveryId: id, position, documents: share.length, openUndo };
      const subject = `order:${orderId}`;
      await recordEvent(tx, { at, type: 'delivery.sent', subject, actor: 'system', data });
    }
    await tellApplicant(tx, dependencies, order, { kind: 'sent', until: linkUntil });
  });
