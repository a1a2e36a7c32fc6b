import { readMailAddress } from '#features/mail-address/index.ts';
import type { Order } from '#features/ordering/index.ts';
import type { Database } from '#platform/database/database.ts';
import { queueMail } from '#platform/mail/outbox.ts';
import type { PrintingDependencies } from './dependencies.ts';
import { lapsedMail } from './mails/lapsed-mail.ts';
import type { TicketNews } from './mails/ticket-mail.ts';
import { ticketMail } from './mails/ticket-mail.ts';

type Sender = Pick<PrintingDependencies, 'clock' | 'baseUrl'>;
type Mail = { readonly kind: string; readonly subject: string; readonly text: string; readonly html: string };

const mailOwner = async (tx: Database, { clock }: Sender, order: Order, mail: Mail): Promise<void> => {
  const to = await readMailAddress(tx, order.accountId);
  if (to !== null) await queueMail(tx, clock, { to, ...mail, reference: order.id });
};

/** Mails the owner a print number, and why it is mailed. */
export const mailTicket = (tx: Database, sender: Sender, order: Order, news: TicketNews): Promise<void> =>
  mailOwner(tx, sender, order, { kind: 'print-ticket', ...ticketMail(order, news, sender.baseUrl) });

/** Tells the owner that the deadline has passed, and what can be done. */
export const mailLapsed = (tx: Database, sender: Sender, order: Order, extendable: boolean): Promise<void> =>
  mailOwner(tx, sender, order, { kind: 'print-lapsed', ...lapsedMail(order, extendable, sender.baseUrl) });
