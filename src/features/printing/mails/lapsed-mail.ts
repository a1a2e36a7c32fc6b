import type { Order } from '#features/ordering/index.ts';
import { messagesFor } from '#messages/messages.ts';
import { letterBodies } from '#platform/mail/letter-bodies.ts';
import { ticketPath } from '../paths.ts';

/** The print deadline has passed: with the way to extend it, or without where that is used up. */
export const lapsedMail = (
  order: Order,
  extendable: boolean,
  baseUrl: string,
): { subject: string; text: string; html: string } => {
  const texts = messagesFor(order.language).printing;
  const url = `${baseUrl}${ticketPath(order.orderNumber)}`;
  const lines = [
    texts.mail.lapsed,
    extendable ? texts.mail.lapsedExtend : texts.extensionUsed,
    `${texts.orderNumber}: ${order.orderNumber}`,
  ];
  return {
    subject: texts.mail.lapsedSubject,
    ...letterBodies(lines, url),
  };
};
