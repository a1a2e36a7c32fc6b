import { recordEvent } from '#platform/audit/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { forgetDocument } from './document-key-store.ts';
import { listCertificates, lockCertificate } from './issuance-store.ts';
import { withdrawImpression } from './status-store.ts';

/**
 * The job `withdraw-order`: an order was cancelled before anything of it was printed or opened. Whatever was reserved or
 * made for it is void, and its documents are destroyed. A second run finds nothing valid.
 */
export const withdrawOrder = (
  { db, clock }: { db: Database; clock: Clock },
  orderId: string,
): Promise<void> =>
  transaction(db, async (tx) => {
    const at = clock.now();
    // Whoever held a lock that was waited for may have begun the next impression: looked at again until none is valid.
    for (;;) {
      const valid = await listCertificates(tx, orderId);
      if (valid.length === 0) return;
      for (const { id } of valid) {
        const { status, record } = await lockCertificate(tx, id);
        if (status !== 'valid') continue;
        const reason = 'never-released';
        await withdrawImpression(tx, id, 'void', { reason, at });
        await forgetDocument(tx, id);
        await addJob(tx, 'purge-document', { documentId: id });
        const data = { serial: record.serial, impression: record.impression, status: 'void', reason };
        const subject = `order:${orderId}`;
        await recordEvent(tx, { at, type: 'certificate.withdrawn', subject, actor: 'system', data });
      }
    }
  });
