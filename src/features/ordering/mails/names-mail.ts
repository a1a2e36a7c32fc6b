import { spellGlyph } from '#domain/certificate/printed-names.ts';
import { contactFor } from '#domain/university/contact.ts';
import { readMailAddress } from '#features/mail-address/index.ts';
import { messagesFor } from '#messages/messages.ts';
import type { Database } from '#platform/database/database.ts';
import { formatInstant } from '#platform/i18n/format.ts';
import { nameIn } from '#platform/i18n/language.ts';
import { letterBodies } from '#platform/mail/letter-bodies.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import type { OrderingDependencies } from '../dependencies.ts';
import type { Order } from '../order-store.ts';
import { orderPath } from '../paths.ts';

export type NamesNews =
  | { readonly kind: 'waiting'; readonly glyphs: readonly string[] }
  | { readonly kind: 'approve' | 'by-hand' | 'reject'; readonly reason: string };

const LAST_STEP = { awaiting_payment: 'pay', paid: 'free', cancelled: 'nothingLeft' } as const;

/** What the mail says, paragraph by paragraph. */
const paragraphs = (order: Order, news: NamesNews): string[] => {
  const texts = messagesFor(order.language).names;
  const until = (instant: Temporal.Instant): string => formatInstant(instant, order.language);
  if (news.kind === 'waiting') {
    const deadline = order.namesDeadline === null ? '' : until(order.namesDeadline);
    return [texts.which(news.glyphs.map(spellGlyph)), texts.next, texts.until(deadline)];
  }
  const step = LAST_STEP[order.state as keyof typeof LAST_STEP] ?? 'nothingLeft';
  return [
    texts.mail[news.kind],
    ...(news.kind === 'approve' || news.reason === '' ? [] : [texts.because(news.reason)]),
    step === 'pay' ? texts.steps.pay(until(order.paymentDeadline)) : texts.steps[step],
  ];
};

/** Tells the owner that a name waits for the office, or what the office decided. */
export const mailNamesNews = async (
  tx: Database,
  { clock, baseUrl, university }: Pick<OrderingDependencies, 'clock' | 'baseUrl' | 'university'>,
  order: Order,
  news: NamesNews,
): Promise<void> => {
  const to = await readMailAddress(tx, order.accountId);
  if (to === null) return;
  const { language, orderNumber } = order;
  const texts = messagesFor(language).names;
  const contact = contactFor(university.contacts, 'content');
  const lines = [
    ...paragraphs(order, news),
    ...(contact === undefined ? [] : [texts.ask(nameIn(contact, language), contact.telephone)]),
    texts.orderNumber(orderNumber),
  ];
  const url = `${baseUrl}${orderPath(orderNumber)}`;
  await queueMail(tx, clock, {
    to,
    subject: texts.mail.subject[news.kind],
    ...letterBodies(lines, url),
    kind: `names-${news.kind}`,
    reference: order.id,
  });
};
