import { transaction } from '#platform/database/database.ts';
import { takeBackPush } from './campus/take-back-push.ts';
import type { PrintingDependencies } from './dependencies.ts';
import { finishPrinted } from './move-order.ts';
import {
  findPrintDocument,
  listPrintDocuments,
  lockJob,
  PRINTABLE,
  savePrintDocument,
} from './print-store.ts';

/** The job `withdraw-print`: a copy whose certificate was withdrawn is not printed any more. */
export const withdrawPrint = async (
  dependencies: PrintingDependencies,
  documentId: string,
): Promise<void> => {
  await dependencies.destroyDocument(documentId);
  await transaction(dependencies.db, async (tx) => {
    const found = await findPrintDocument(tx, documentId);
    const job = found === undefined ? undefined : await lockJob(tx, found.job_id);
    if (found === undefined || job === undefined || !PRINTABLE.includes(found.state)) return;
    const which = { jobId: job.id, position: found.position, from: found.state };
    await takeBackPush(tx, dependencies, job.id);
    await savePrintDocument(tx, which, { state: 'withdrawn' });
    const documents = await listPrintDocuments(tx, job.id);
    await finishPrinted(tx, dependencies, { job, documents, actor: 'system' });
  });
};
