import type { Database } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { IssueDependencies } from './issue-dependencies.ts';
import { issueOrder, sweepIssuing } from './issue-order.ts';

/** Asks for the first sweep; each sweep asks for the next. Called when the service starts. */
export const scheduleIssuingSweep = (db: Database): Promise<void> =>
  addJob(db, 'sweep-issuing', {}, { key: 'sweep-issuing' });

export const issuanceJobs = (dependencies: IssueDependencies): JobHandlers => ({
  'issue-order': ({ orderId = '' }) => issueOrder(dependencies, orderId),
  'sweep-issuing': () => sweepIssuing(dependencies),
});
