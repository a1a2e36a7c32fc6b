import { readMailAddress } from '#features/mail-address/index.ts';
import { readOrder } from '#features/ordering/index.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { formatInstant, formatYen } from '#platform/i18n/format.ts';
import { letterBodies } from '#platform/mail/letter-bodies.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import { orderPath } from '../paths.ts';

export type MoneyNews =
  | 'slip'
  | 'late'
  | 'lateAccepted'
  | 'notIssued'
  | 'refundBegun'
  | 'refundByHand'
  | 'refunded';

/** Tells an order's owner what happened to the money, in the order's language, from the caller's transaction. */
export const mailOwner = async (
  tx: Database,
  { clock, baseUrl }: { readonly clock: Clock; readonly baseUrl: string },
  orderId: string,
  news: MoneyNews,
  amount: number,
): Promise<void> => {
  const order = await readOrder(tx, orderId);
  const to = await readMailAddress(tx, order.accountId);
  if (to === null) return;
  const texts = messagesFor(order.language).payment;
  const deadline = formatInstant(order.paymentDeadline, order.language);
  const { subject, lead } = texts.mail[news];
  const lines = [
    lead(formatYen(amount, order.language), deadline),
    `${texts.orderNumber}: ${order.orderNumber}`,
    texts.mail.inquiries,
  ];
  const url = `${baseUrl}${orderPath(order.orderNumber)}`;
  await queueMail(tx, clock, {
    to,
    subject: subject(order.orderNumber, deadline),
    ...letterBodies(lines, url),
    kind: `payment-${news}`,
    reference: orderId,
  });
};
