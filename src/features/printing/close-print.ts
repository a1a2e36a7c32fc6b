import { transaction } from '#platform/database/database.ts';
import type { PrintingDependencies } from './dependencies.ts';
import { findJobByOrder, lockJob } from './print-store.ts';

/** The job `close-print`: a cancelled order has no number any more. Its documents are withdrawn where they are made. */
export const closePrint = ({ db, clock }: PrintingDependencies, orderId: string): Promise<void> =>
  transaction(db, async (tx) => {
    const found = await findJobByOrder(tx, orderId);
    const job = found === undefined ? undefined : await lockJob(tx, found.id);
    if (job === undefined || job.finished_at !== null) return;
    const closed = { finished_at: clock.now(), generation: job.generation + 1 };
    await tx.updateTable('print_job').set(closed).where('id', '=', job.id).execute();
  });
