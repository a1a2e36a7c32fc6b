import { mayOrder } from '#domain/order/states.ts';
import { countOpenLines, lockOrderState, transitionLocked } from '#features/ordering/index.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import type { PrintingDependencies } from './dependencies.ts';
import type { PrintDocumentRow, PrintJobRow } from './print-store.ts';
import { appendDocuments, finishJob, listPrintDocuments, lockJob, PRINTABLE } from './print-store.ts';

export type PrintedSoFar = { readonly completed: number; readonly remaining: number };

export const countPrinted = (documents: readonly PrintDocumentRow[]): PrintedSoFar => {
  const states = documents.map(({ state }) => state);
  const completed = states.filter((state) => state === 'completed').length;
  return { completed, remaining: states.filter((state) => PRINTABLE.includes(state)).length };
};

/** Copies of a line that was held go under the number the order already has. Returns how many. */
const addFollowing = async (
  tx: DatabaseTransaction,
  { listDocuments }: PrintingDependencies,
  job: PrintJobRow,
  there: readonly PrintDocumentRow[],
): Promise<number> => {
  const known = new Set(there.map((one) => one.document_id));
  const more = (await listDocuments(tx, job.order_id)).filter((one) => !known.has(one.documentId));
  await appendDocuments(tx, { jobId: job.id, there: there.length }, more);
  return more.length;
};

/**
 * Closes a locked job of which everything is printed; `documents` are its copies as they are now. A line that still waits for the student's answer keeps it open: its
 * copies follow under the same number. True when the job is closed now.
 */
export const finishPrinted = async (
  tx: DatabaseTransaction,
  dependencies: PrintingDependencies,
  { job, documents, actor }: { job: PrintJobRow; documents: readonly PrintDocumentRow[]; actor: string },
): Promise<boolean> => {
  const { order_id: orderId } = job;
  const [following, open, state] = await Promise.all([
    addFollowing(tx, dependencies, job, documents),
    countOpenLines(tx, orderId),
    lockOrderState(tx, orderId),
  ]);
  const { completed, remaining } = countPrinted(documents);
  if (completed === 0 || remaining + following + open > 0) return false;
  const at = dependencies.clock.now();
  if (state !== null && mayOrder(state, 'print-all'))
    await transitionLocked(tx, state, { orderId, event: 'print-all', at, actor });
  await finishJob(tx, job.id, at);
  return true;
};

/** A line of an order that already has its number was made, or will not be: what is new is added, what is done is closed. */
export const takeUpFollowing = async (
  tx: DatabaseTransaction,
  dependencies: PrintingDependencies,
  jobId: string,
): Promise<void> => {
  const job = await lockJob(tx, jobId);
  if (job === undefined || job.finished_at !== null) return;
  const documents = await listPrintDocuments(tx, jobId);
  await finishPrinted(tx, dependencies, { job, documents, actor: 'system' });
};
