import { askToRemind, savePrintDeadline } from '#features/ordering/index.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PrintJobRow, Reopening } from './print-store.ts';
import { reopenJob } from './print-store.ts';

/** What follows from a job's deadline: its reminders, and the lapse. */
export const askUntil = async (
  tx: DatabaseTransaction,
  { jobId, orderId, deadline }: { jobId: string; orderId: string; deadline: Temporal.Instant },
  now: Temporal.Instant,
): Promise<void> => {
  await askToRemind(tx, orderId, deadline, now);
  const runAt = deadline.add({ seconds: 1 });
  await addJob(tx, 'lapse-print', { jobId }, { key: `lapse-print:${jobId}`, runAt });
};

/** Opens a job again: the order's deadline, its reminders and the lapse all move with it. */
export const openUntil = async (
  tx: DatabaseTransaction,
  job: PrintJobRow,
  reopening: Reopening,
  now: Temporal.Instant,
): Promise<void> => {
  await reopenJob(tx, job, reopening);
  const { deadline } = reopening;
  await savePrintDeadline(tx, job.order_id, deadline);
  await askUntil(tx, { jobId: job.id, orderId: job.order_id, deadline }, now);
};
