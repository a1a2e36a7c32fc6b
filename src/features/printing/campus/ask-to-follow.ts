import type { Database } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';

/** Asks that a push be followed, now or at an instant; a later request takes an earlier one's place. */
export const askToFollow = (db: Database, claimId: string, runAt?: Temporal.Instant): Promise<void> =>
  addJob(db, 'follow-push', { claimId }, { key: `follow-push:${claimId}`, ...(runAt && { runAt }) });
