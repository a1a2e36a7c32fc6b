import { TOKYO, tokyoDate } from '#domain/dates.ts';
import { mayOrder } from '#domain/order/states.ts';
import { readMailAddress } from '#features/mail-address/index.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { mailState, queueMail } from '#platform/mail/outbox.ts';
import { reminderMail } from './mails/reminder-mail.ts';
import { readOrder } from './order-store.ts';

/** Days before the print deadline: the 3rd and the 6th of its seven days. */
const DAYS_BEFORE = [4, 1];
/** Nobody is woken by a reminder. */
const MORNING = '09:00';
const KIND = 'print-reminder';

/** Asks for the reminders of an order that can be printed until `deadline`. */
export const askToRemind = async (
  tx: Database,
  orderId: string,
  deadline: Temporal.Instant,
  now: Temporal.Instant,
): Promise<void> => {
  for (const days of DAYS_BEFORE) {
    const date = tokyoDate(deadline).subtract({ days });
    const runAt = date.toZonedDateTime({ timeZone: TOKYO, plainTime: MORNING }).toInstant();
    if (Temporal.Instant.compare(runAt, now) <= 0) continue;
    const payload = { orderId, deadline: deadline.toString(), days: String(days) };
    await addJob(tx, 'remind-order', payload, { key: `remind-order:${orderId}:${days}`, runAt });
  }
};

/** Mails the owner of an order that still waits to be printed; nothing when the deadline has moved since. */
export const remindOrder = (
  { db, clock, baseUrl }: { db: Database; clock: Clock; baseUrl: string },
  wanted: { orderId: string; deadline: string; days: string },
): Promise<void> =>
  transaction(db, async (tx) => {
    const order = await readOrder(tx, wanted.orderId);
    if (order.printDeadline?.toString() !== wanted.deadline || !mayOrder(order.state, 'begin-printing'))
      return;
    const reference = `${order.id}:${wanted.deadline}:${wanted.days}`;
    const to = await readMailAddress(tx, order.accountId);
    if (to === null || (await mailState(tx, KIND, reference)) !== null) return;
    await queueMail(tx, clock, { to, ...reminderMail(order, baseUrl), kind: KIND, reference });
  });
