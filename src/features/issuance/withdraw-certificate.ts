import type { OfficeReason } from '#domain/certificate/withdrawal.ts';
import { AkashiError } from '#domain/error.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { forgetDocument } from './document-key-store.ts';
import { lockSerial } from './issuance-store.ts';
import { withdrawImpression } from './status-store.ts';

export type Withdrawal = {
  readonly serial: string;
  readonly status: 'void' | 'superseded';
  readonly reason: OfficeReason;
  /** Who asks, and the other person who agrees. */
  readonly by: string;
  readonly second: string;
};

const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/**
 * Withdraws a certificate in all its forms: every impression of the serial becomes void or superseded at once, what is
 * not printed yet is destroyed, and the next status list says so. Returns how many impressions were valid until now.
 * Throws `not-allowed` unless two different people are named, `not-found` for no such serial, `wrong-state` when
 * nothing of it is valid.
 */
export const withdrawCertificate = (
  { db, clock }: { db: Database; clock: Clock },
  { serial, status, reason, by, second }: Withdrawal,
): Promise<number> =>
  transaction(db, async (tx) => {
    if (folded(by) === '' || folded(second) === '' || folded(by) === folded(second))
      throw new AkashiError('not-allowed', { needs: 'two different people' });
    const impressions = await lockSerial(tx, serial);
    if (impressions.length === 0) throw new AkashiError('not-found', { serial });
    const valid = impressions.filter((one) => one.status === 'valid');
    if (valid.length === 0) throw new AkashiError('wrong-state', { serial, status: 'withdrawn' });
    const at = clock.now();
    for (const { id, orderId, record } of valid) {
      await withdrawImpression(tx, id, status, { reason, at });
      await forgetDocument(tx, id);
      await addJob(tx, 'withdraw-print', { documentId: id }, { key: `withdraw-print:${id}` });
      const data = { serial, impression: record.impression, status, reason, second };
      const subject = `order:${orderId}`;
      await recordEvent(tx, { at, type: 'certificate.withdrawn', subject, actor: by, data });
    }
    return valid.length;
  });
