import { AkashiError } from '#domain/error.ts';
import type { Order } from '#features/ordering/index.ts';
import { createToken, hashToken } from '#platform/crypto/token.ts';
import type { Database } from '#platform/database/database.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import { findDelivery } from './delivery-store.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { describeDocuments } from './describe-documents.ts';
import { insertLink } from './link-store.ts';
import { linkLetter } from './mails/recipient-letters.ts';
import { recipientPath } from './paths.ts';

/** The mail that carries the link: the only place where its token is ever written. */
export const LINK_MAIL = 'delivery-link';

/** Makes a new link for a sending, the only living one from now on, and mails it to the recipient. */
export const mailLink = async (
  tx: Database,
  dependencies: DeliveryDependencies,
  order: Order,
  deliveryId: string,
): Promise<void> => {
  const { clock, random, baseUrl, universityName, contacts } = dependencies;
  const delivery = await findDelivery(tx, deliveryId);
  if (delivery === null) throw new AkashiError('not-found', { deliveryId });
  const token = createToken(random);
  await insertLink(tx, { deliveryId, tokenHash: hashToken(token), at: clock.now() });
  const documents = await describeDocuments(tx, dependencies, delivery);
  const letter = linkLetter(
    { contacts, first: delivery.language },
    {
      delivery,
      documents,
      universityName,
      orderNumber: order.orderNumber,
      url: `${baseUrl}${recipientPath(token)}`,
    },
  );
  await queueMail(tx, clock, { to: delivery.mail, ...letter, kind: LINK_MAIL, reference: deliveryId });
};
