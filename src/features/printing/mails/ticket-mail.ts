import { groupsOf } from '#domain/print-number/print-number.ts';
import type { Order } from '#features/ordering/index.ts';
import { messagesFor } from '#messages/messages.ts';
import { formatInstant, formatYen } from '#platform/i18n/format.ts';
import { ticketPath } from '../paths.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The number by mail. The PIN stays on the signed-in page: who reads the mail alone cannot print. */
export const ticketMail = (
  order: Order,
  ticket: { readonly printNumber: string; readonly replaced: boolean },
  baseUrl: string,
): { subject: string; text: string; html: string } => {
  const texts = messagesFor(order.language).printing;
  const until = order.printDeadline === null ? '' : formatInstant(order.printDeadline, order.language);
  const url = `${baseUrl}${ticketPath(order.orderNumber)}`;
  const lines = [
    ticket.replaced ? texts.mail.replaced : texts.mail.ready,
    `${texts.number}: ${groupsOf(ticket.printNumber).join(' ')}`,
    texts.mail.pinWhere,
    texts.sheets(order.sheets, formatYen(order.printCharge, order.language)),
    texts.until(until),
    `${texts.orderNumber}: ${order.orderNumber}`,
  ];
  return {
    subject: ticket.replaced ? texts.mail.replacedSubject(until) : texts.mail.subject(until),
    text: `${lines.join('\n\n')}\n\n${url}\n`,
    html: `${lines.map((line) => `<p>${escape(line)}</p>`).join('')}<p><a href="${escape(url)}">${escape(url)}</a></p>`,
  };
};
