import { readMailAddress } from '#features/mail-address/index.ts';
import type { Order } from '#features/ordering/index.ts';
import { orderPath } from '#features/ordering/index.ts';
import type { Database } from '#platform/database/database.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import type { News } from './mails/applicant-letters.ts';
import { newsLetter } from './mails/applicant-letters.ts';

/** Mails the applicant what became of a sending; somebody without an address reads it on the order's page. */
export const tellApplicant = async (
  tx: Database,
  { clock, baseUrl, contacts }: DeliveryDependencies,
  order: Order,
  news: News,
): Promise<void> => {
  const to = await readMailAddress(tx, order.accountId);
  if (to === null) return;
  const url = `${baseUrl}${orderPath(order.orderNumber)}`;
  const letter = newsLetter({ contacts, first: order.language }, order.orderNumber, url, news);
  await queueMail(tx, clock, { to, ...letter, kind: `delivery-${news.kind}`, reference: order.id });
};
