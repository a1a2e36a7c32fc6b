import type { Order } from '#features/ordering/index.ts';
import { messagesFor } from '#messages/messages.ts';
import { escapeXml } from '#platform/xml/escape.ts';
import { ticketPath } from '../paths.ts';

/** The print deadline has passed: with the way to extend it, or without where that is used up. */
export const lapsedMail = (
  order: Order,
  { extendable, baseUrl }: { extendable: boolean; baseUrl: string },
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
    text: `${lines.join('\n\n')}\n\n${url}\n`,
    html: `${lines.map((line) => `<p>${escapeXml(line)}</p>`).join('')}<p><a href="${escapeXml(url)}">${escapeXml(url)}</a></p>`,
  };
};
