import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { findMail } from '#platform/mail/outbox.ts';
import { markBounced } from './address-health-store.ts';
import { requestById } from './mail-address-store.ts';
import { CONFIRMATION_MAIL } from './request-address.ts';

/** A full mailbox or a filter may pass; only these say that the address itself leads nowhere (RFC 3463 §3). */
export type BounceReason = 'unknown' | 'full' | 'refused' | 'unreachable' | 'other';

export const bounceReason = (status: string | null): BounceReason => {
  const [, subject = '', detail = ''] = (status ?? '').split('.');
  if (subject === '1' && detail === '2') return 'unreachable';
  if (subject === '1' || (subject === '2' && detail === '1')) return 'unknown';
  if (subject === '2') return 'full';
  if (subject === '4') return 'unreachable';
  return subject === '7' ? 'refused' : 'other';
};

/**
 * What a mail that will never arrive means for addresses: the one in force is marked, so that its owner is told at the
 * next sign-in. A confirmation mail marks nothing; its own page says that it was refused.
 */
export const noteBounce = (
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  mailId: string,
): Promise<void> =>
  transaction(db, async (tx) => {
    const mail = await findMail(tx, mailId);
    if (mail === undefined || mail.status === null) return;
    const at = clock.now();
    const { status, queuedAt, kind, reference } = mail;
    if (kind === CONFIRMATION_MAIL) {
      const request = reference === null ? null : await requestById(tx, reference);
      if (request === null) return;
      const subject = `account:${request.accountId}`;
      const data = { requestId: request.id, status };
      await recordEvent(tx, { at, type: 'mail-address.refused', subject, actor: 'relay', data });
      return;
    }
    for (const accountId of await markBounced(tx, { address: mail.recipient, status, queuedAt, at })) {
      const subject = `account:${accountId}`;
      await recordEvent(tx, {
        at,
        type: 'mail-address.bounced',
        subject,
        actor: 'relay',
        data: { mailId, status },
        personal: { address: mail.recipient },
      });
    }
  });
