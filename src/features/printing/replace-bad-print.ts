import { deadlineAfterDays } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import { readOrder, transitionOrder } from '#features/ordering/index.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PrintingDependencies } from './dependencies.ts';
import { mailTicket } from './mail-ticket.ts';
import { createTicket } from './new-ticket.ts';
import { openUntil } from './open-until.ts';
import type { PrintDocumentRow, PrintJobRow } from './print-store.ts';
import { listPrintDocuments, lockJobByOrder, saveTicket } from './print-store.ts';
import { renewDocuments } from './renew-documents.ts';

/** The copies of a job that their owner may still call badly printed, none once every time of the order is used up. */
export const replaceableCopies = (
  { badPrints, clock }: Pick<PrintingDependencies, 'badPrints' | 'clock'>,
  job: PrintJobRow,
  documents: readonly PrintDocumentRow[],
): PrintDocumentRow[] => {
  if (job.bad_prints >= badPrints.perOrder) return [];
  const since = clock.now().subtract({ hours: badPrints.hours });
  return documents.filter((one) => {
    const printedAt = one.state === 'completed' ? one.completed_at : null;
    return printedAt !== null && Temporal.Instant.compare(printedAt, since) >= 0;
  });
};

/**
 * The print came out badly: the sheets of the copies at `positions` are void from here, and the owner has a new number
 * and PIN for new ones. Throws `wrong-state` where it is too late or used up, `bad-request` when no copy is named.
 */
export const replaceBadPrint = async (
  dependencies: PrintingDependencies,
  { orderId, positions, actor }: { orderId: string; positions: readonly number[]; actor: string },
): Promise<void> => {
  const { db, clock, printDays } = dependencies;
  await transaction(db, async (tx) => {
    const job = await lockJobByOrder(tx, orderId);
    if (job === undefined) throw new AkashiError('wrong-state', { job: null });
    const open = replaceableCopies(dependencies, job, await listPrintDocuments(tx, job.id));
    if (open.length === 0) throw new AkashiError('wrong-state', { badPrint: 'closed' });
    const bad = open.filter(({ position }) => positions.includes(position));
    if (bad.length === 0) throw new AkashiError('bad-request', { copies: 0 });
    const at = clock.now();
    await transitionOrder(tx, { orderId, event: 'replace-bad-print', at, actor });
    const deadline = deadlineAfterDays(at, printDays);
    await openUntil(tx, job, { deadline, bad_prints: job.bad_prints + 1 }, at);
    const { ticket, columns } = createTicket(dependencies, job.id);
    await saveTicket(tx, job, columns);
    await renewDocuments(tx, dependencies, bad);
    await addJob(tx, 'renew-print', { jobId: job.id }, { key: `renew-print:${job.id}` });
    await mailTicket(tx, dependencies, await readOrder(tx, orderId), { ...ticket, why: 'bad-print' });
  });
};
