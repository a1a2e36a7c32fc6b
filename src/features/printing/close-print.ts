import { transaction } from '#platform/database/database.ts';
import { takeBackPush } from './campus/take-back-push.ts';
import type { PrintingDependencies } from './dependencies.ts';
import { closeJob, lockJobByOrder } from './print-store.ts';

/** The job `close-print`: a cancelled order has no number any more. Its documents are withdrawn where they are made. */
export const closePrint = ({ db, clock }: PrintingDependencies, orderId: string): Promise<void> =>
  transaction(db, async (tx) => {
    const job = await lockJobByOrder(tx, orderId);
    if (job === undefined || job.finished_at !== null) return;
    await takeBackPush(tx, { clock }, job.id);
    await closeJob(tx, job, clock.now());
  });
