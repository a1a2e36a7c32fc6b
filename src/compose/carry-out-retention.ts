import type { Retention, RetentionClass } from '#domain/university/university.ts';
import { eraseOldRecipients } from '#features/delivery/index.ts';
import { eraseOldAttempts } from '#features/mail-address/index.ts';
import { eraseOldDrafts, eraseOldOrders } from '#features/ordering/index.ts';
import { eraseOldWebhooks } from '#features/payment/index.ts';
import { eraseOldMisses, eraseOldTickets } from '#features/printing/index.ts';
import { eraseOldSessions } from '#features/sign-in/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { eraseOldMails } from '#platform/mail/outbox.ts';

type Eraser = (db: Database, before: Temporal.Instant) => Promise<number>;

/**
 * What a class of data is, to each feature that has some. Documents are destroyed by the job that ends their order; what
 * is not here is kept.
 */
const ERASERS: Readonly<Partial<Record<RetentionClass, readonly Eraser[]>>> = {
  orders: [
    eraseOldOrders,
    eraseOldTickets,
    eraseOldDrafts,
    eraseOldRecipients,
    eraseOldWebhooks,
    eraseOldMails,
  ],
  'access-logs': [eraseOldSessions, eraseOldAttempts, eraseOldMisses],
};

/** Erases every class of data that has been kept as long as the university says; safe to run at any time. */
export const carryOutRetention = async (
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  classes: readonly Retention[],
): Promise<void> => {
  for (const { code, days } of classes) {
    if (days === null) continue;
    const at = clock.now();
    const before = at.subtract({ hours: 24 * days });
    await transaction(db, async (tx) => {
      let erased = 0;
      for (const erase of ERASERS[code] ?? []) erased += await erase(tx, before);
      if (erased === 0) return;
      const data = { class: code, before: before.toString(), erased };
      const subject = `retention:${code}`;
      await recordEvent(tx, { at, type: 'retention.carried-out', subject, actor: 'system', data });
    });
  }
};
