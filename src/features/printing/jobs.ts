import { AkashiError } from '#domain/error.ts';
import { moveOrder, readOrder } from '#features/ordering/index.ts';
import { transaction } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { followPush } from './campus/follow-push.ts';
import { findLastClaim } from './claim-store.ts';
import { closePrint } from './close-print.ts';
import type { PrintingDependencies } from './dependencies.ts';
import { endLease } from './gateway/claim.ts';
import { mailLapsed } from './mail-ticket.ts';
import { preparePrint, replaceTicket } from './prepare-print.ts';
import { finishJob, listPrintDocuments, lockJob } from './print-store.ts';
import { makeRenewed } from './renew-documents.ts';
import { withdrawPrint } from './withdraw-print.ts';

export const printingJobs = (dependencies: PrintingDependencies): JobHandlers => ({
  'prepare-print': ({ orderId = '' }) => preparePrint(dependencies, orderId),
  'replace-print-number': ({ jobId = '' }) => replaceTicket(dependencies, jobId),
  'withdraw-print': ({ documentId = '' }) => withdrawPrint(dependencies, documentId),
  'renew-print': ({ jobId = '' }) => renewPrint(dependencies, jobId),
  'close-print': ({ orderId = '' }) => closePrint(dependencies, orderId),
  'end-print-lease': ({ claimId = '' }) => endLease(dependencies, claimId),
  'follow-push': ({ claimId = '' }) => followPush(dependencies, claimId),
  'purge-document': ({ documentId = '' }) => dependencies.destroyDocument(documentId),
  'lapse-print': ({ jobId = '' }) => lapse(dependencies, jobId),
});

/** Makes ahead of the next claim what was reserved for it; while issuing stands still it is tried again later. */
const renewPrint = async (dependencies: PrintingDependencies, jobId: string): Promise<void> => {
  if (!(await makeRenewed(dependencies, jobId))) throw new AkashiError('unavailable', { issuing: 'halted' });
};

/** After the deadline nothing is printed any more; a copier in the middle of it may finish. */
const lapse = (dependencies: PrintingDependencies, jobId: string): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const job = await lockJob(tx, jobId);
    const now = dependencies.clock.now();
    if (job === undefined || job.finished_at !== null) return;
    const last = await findLastClaim(tx, job.id);
    const running =
      last !== undefined && last.outcome === null && Temporal.Instant.compare(last.leased_until, now) > 0;
    if (running || Temporal.Instant.compare(now, job.deadline) <= 0) {
      const runAt = running ? last.leased_until.add({ seconds: 1 }) : job.deadline.add({ seconds: 1 });
      await addJob(tx, 'lapse-print', { jobId }, { runAt });
      return;
    }
    await moveOrder(tx, { orderId: job.order_id, event: 'lose-outcome', at: now, actor: 'system' });
    const silent = await moveOrder(tx, {
      orderId: job.order_id,
      event: 'leave-unconfirmed',
      at: now,
      actor: 'system',
    });
    if (
      !silent &&
      (await moveOrder(tx, { orderId: job.order_id, event: 'lapse', at: now, actor: 'system' }))
    ) {
      await mailLapsed(tx, dependencies, await readOrder(tx, job.order_id), job.extended_at === null);
    }
    await finishJob(tx, jobId, now);
    for (const { document_id: documentId } of await listPrintDocuments(tx, jobId)) {
      await addJob(tx, 'purge-document', { documentId });
    }
  });
