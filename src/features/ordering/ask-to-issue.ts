import type { Database } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';

/**
 * Has an order's certificates made, once `db` commits. Making them takes long and comes after everything else that is
 * due: a mail that somebody waits for, money, and the print number of what is already made.
 */
export const askToIssue = (db: Database, orderId: string): Promise<void> =>
  addJob(db, 'issue-order', { orderId }, { key: `issue-order:${orderId}`, last: true });
