import type { JobHandlers } from '#platform/jobs/jobs.ts';
import type { IssueDependencies } from './issue-order.ts';
import { issueOrder } from './issue-order.ts';

export const issuanceJobs = (dependencies: IssueDependencies): JobHandlers => ({
  'issue-order': ({ orderId = '' }) => issueOrder(dependencies, orderId),
});
