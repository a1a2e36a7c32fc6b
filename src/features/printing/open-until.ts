import { savePrintDeadline } from '#features/ordering/index.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PrintJobRow, Reopening } from './print-store.ts';
import { reopenJob } from './print-store.ts';

/** Until when a job can be printed: the order's deadline, its reminders and the lapse all move with it. */
export const saveDeadline = async (
  tx: DatabaseTransaction,
  { jobId, orderId, deadline }: { jobId: string; orderId: string; deadline: Temporal.Instant },
  now: Temporal.Instant,
): Promise<void> => {
  await savePrintDeadline(tx, orderId, deadline, now);
  const runAt = deadline.add({ seconds: 1 });
  await addJob(tx, 'lapse-print', { jobId }, { key: `lapse-print:${jobId}`, runAt });
};

/** Opens a job again. */
export const openUntil = async (
  tx: DatabaseTransaction,
  job: PrintJobRow,
  reopening: Reopening,
  now: Temporal.Instant,
): Promise<void> => {
  await reopenJob(tx, job, reopening);
  await saveDeadline(tx, { jobId: job.id, orderId: job.order_id, deadline: reopening.deadline }, now);
};
