import { readMailAddress } from '#features/mail-address/index.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Database } from '#platform/database/database.ts';
import { formatInstant } from '#platform/i18n/format.ts';
import { letterBodies } from '#platform/mail/letter-bodies.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import type { OrderingDependencies } from '../dependencies.ts';
import type { OrderLine } from '../line-store.ts';
import type { Order } from '../order-store.ts';
import { orderPath } from '../paths.ts';
import type { RefusalReason } from '../refusal-reason.ts';
import { titleText } from '../views/certificate-text.ts';
import { refusalText } from '../views/refusal-text.ts';

export type LineNews =
  | { readonly kind: 'held'; readonly line: OrderLine; readonly deadline: Temporal.Instant }
  | { readonly kind: 'refused'; readonly line: OrderLine; readonly reason: RefusalReason };

/** Tells the owner what became of one line. What the register says stays out of the mail. */
export const mailLineNews = async (
  tx: Database,
  { clock, baseUrl }: OrderingDependencies,
  order: Order,
  news: LineNews,
): Promise<void> => {
  const to = await readMailAddress(tx, order.accountId);
  if (to === null) return;
  const { snapshot } = news.line;
  const texts = messagesFor(order.language).heldLines;
  const title = titleText(snapshot, order.language);
  const lines =
    news.kind === 'held'
      ? [texts.mail.held(title), texts.confirmBy(formatInstant(news.deadline, order.language)), texts.others]
      : [
          texts.mail.refused(title),
          texts.because(refusalText(news.reason, order.language)),
          texts.refunded,
          texts.others,
        ];
  const url = `${baseUrl}${orderPath(order.orderNumber)}`;
  const all = [...lines, `${texts.orderNumber} ${order.orderNumber}`];
  await queueMail(tx, clock, {
    to,
    subject: news.kind === 'held' ? texts.mail.heldSubject(title) : texts.mail.refusedSubject(title),
    ...letterBodies(all, url),
    kind: `line-${news.kind}`,
    reference: order.id,
  });
};
