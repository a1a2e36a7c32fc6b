import { groupsOf } from '#domain/print-number/print-number.ts';
import type { Order } from '#features/ordering/index.ts';
import { messagesFor } from '#messages/messages.ts';
import { formatInstant, formatYen } from '#platform/i18n/format.ts';
import { letterBodies } from '#platform/mail/letter-bodies.ts';
import { ticketPath } from '../paths.ts';

/** Why a number is mailed: it is the first, or follows wrong PINs, an extension or bad sheets. */
export type TicketNews = {
  readonly printNumber: string;
  readonly why: 'ready' | 'replaced' | 'extended' | 'bad-print';
};

/** The number by mail. The PIN stays on the signed-in page: who reads the mail alone cannot print. */
export const ticketMail = (
  order: Order,
  { printNumber, why }: TicketNews,
  baseUrl: string,
): { subject: string; text: string; html: string } => {
  const texts = messagesFor(order.language).printing;
  const until = order.printDeadline === null ? '' : formatInstant(order.printDeadline, order.language);
  const url = `${baseUrl}${ticketPath(order.orderNumber)}`;
  const news = texts.mail.news[why];
  const lines = [
    order.destination === 'campus' && why === 'ready' ? texts.campus.mailLead : news.lead,
    `${order.destination === 'campus' ? texts.campus.number : texts.number}: ${groupsOf(printNumber).join(' ')}`,
    texts.mail.pinWhere,
    ...(order.destination !== 'campus' && (why === 'ready' || why === 'replaced')
      ? [texts.sheets(order.sheets, formatYen(order.printCharge, order.language))]
      : []),
    texts.until(until),
    `${texts.orderNumber}: ${order.orderNumber}`,
  ];
  return {
    subject: news.subject(until),
    ...letterBodies(lines, url),
  };
};
