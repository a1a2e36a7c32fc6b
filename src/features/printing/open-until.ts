import { savePrintDeadline } from '#features/ordering/index.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PrintJobRow, Reopening } from './print-store.ts';
import { reopenJob } from './print-store.ts';

/** Opens a job again: the order's deadline, its reminders and the lapse all move with it. */
export const openUntil = async (
  tx: DatabaseTransaction,
  job: PrintJobRow,
  reopening: Reopening,
  now: Temporal.Instant,
): Promise<void> => {
  await reopenJob(tx, job, reopening);
  await savePrintDeadline(tx, job.order_id, reopening.deadline, now);
  const runAt = reopening.deadline.add({ seconds: 1 });
  await addJob(tx, 'lapse-print', { jobId: job.id }, { key: `lapse-print:${job.id}`, runAt });
};
