import type { Database } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { ArchiveDependencies } from './archive/archive-document.ts';
import { archiveDocument, sweepArchive } from './archive/archive-document.ts';
import type { IssueDependencies } from './issue-dependencies.ts';
import { issueOrder, sweepIssuing } from './issue-order.ts';
import { logWithdrawal } from './log-withdrawal.ts';
import { withdrawOrder } from './withdraw-order.ts';

/** Asks for the first sweep; each sweep asks for the next. Called when the service starts. */
export const scheduleIssuingSweep = (db: Database): Promise<void> =>
  addJob(db, 'sweep-issuing', {}, { key: 'sweep-issuing' });

export const issuanceJobs = (dependencies: IssueDependencies, archive: ArchiveDependencies): JobHandlers => ({
  'issue-order': ({ orderId = '' }) => issueOrder(dependencies, orderId),
  'log-withdrawal': ({ certificateId = '' }) => logWithdrawal(dependencies, certificateId),
  'withdraw-order': ({ orderId = '' }) => withdrawOrder(dependencies, orderId),
  'sweep-issuing': () => sweepIssuing(dependencies),
  'archive-document': ({ documentId = '' }) => archiveDocument(archive, documentId),
  'sweep-archive': () => sweepArchive(archive),
});

/** Starts the sweep of kept documents; it goes on by itself. */
export const scheduleArchiveSweep = (db: Database): Promise<void> =>
  addJob(db, 'sweep-archive', {}, { key: 'sweep-archive' });
