import { deadlineAfterDays } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import { readOrder, transitionOrder } from '#features/ordering/index.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PrintingDependencies } from './dependencies.ts';
import { openTicket } from './erased-ticket.ts';
import { mailTicket } from './mail-ticket.ts';
import { openUntil } from './open-until.ts';
import { paperMayBeOut } from './paper-out.ts';
import { listPrintDocuments, lockJobByOrder, PRINTABLE } from './print-store.ts';
import { renewDocuments } from './renew-documents.ts';

/**
 * Gives an order whose print deadline has passed another one, once, under the same number. The files were destroyed at
 * the deadline, so each copy is made anew from its snapshot as the next impression of its serial. Throws `wrong-state`
 * the second time, when nothing is left to print, and when the number has been erased.
 */
export const extendPrint = (
  dependencies: PrintingDependencies,
  { orderId, actor }: { orderId: string; actor: string },
): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const job = await lockJobByOrder(tx, orderId);
    if (job === undefined || job.extended_at !== null)
      throw new AkashiError('wrong-state', { extension: 'used' });
    const at = dependencies.clock.now();
    const documents = await listPrintDocuments(tx, job.id);
    const left = documents.filter(({ state }) => PRINTABLE.includes(state));
    if (left.length === 0) throw new AkashiError('wrong-state', { left: 0 });
    const event = (await paperMayBeOut(tx, job.id)) ? 'extend-rest' : 'extend';
    await transitionOrder(tx, { orderId, event, at, actor });
    const deadline = deadlineAfterDays(at, dependencies.printDays);
    await openUntil(tx, job, { deadline, extended_at: at }, at);
    await renewDocuments(
      tx,
      dependencies,
      left.filter(({ state }) => state !== 'renewing'),
    );
    await addJob(tx, 'renew-print', { jobId: job.id }, { key: `renew-print:${job.id}` });
    const { printNumber } = openTicket(dependencies.secrets, job);
    await mailTicket(tx, dependencies, await readOrder(tx, orderId), { printNumber, why: 'extended' });
  });
