import { messagesFor } from '#messages/messages.ts';
import { formatInstant } from '#platform/i18n/format.ts';
import { letterBodies } from '#platform/mail/letter-bodies.ts';
import type { Order } from '../order-store.ts';
import { orderPath } from '../paths.ts';

/** The deadline in the subject, the way to the print number first; the number itself was mailed before. */
export const reminderMail = (
  order: Order,
  baseUrl: string,
): { subject: string; text: string; html: string } => {
  const texts = messagesFor(order.language).ordering.reminder;
  const until = order.printDeadline === null ? '' : formatInstant(order.printDeadline, order.language);
  const url = `${baseUrl}${orderPath(order.orderNumber)}`;
  const lines = [texts.lead(until), texts.after, texts.number(order.orderNumber), texts.inquiries];
  return { subject: texts.subject(until), ...letterBodies(lines, url) };
};
