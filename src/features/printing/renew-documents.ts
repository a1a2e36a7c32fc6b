import type { Database, DatabaseTransaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PrintingDependencies } from './dependencies.ts';
import type { PrintDocumentRow } from './print-store.ts';
import { listPrintDocuments, savePrintDocument } from './print-store.ts';

/**
 * Voids the impressions of these copies and reserves the next of each, in the caller's transaction: an old sheet is void
 * before a new one can exist. What no machine was ever given never left us.
 */
export const renewDocuments = async (
  tx: DatabaseTransaction,
  { renewImpression }: Pick<PrintingDependencies, 'renewImpression'>,
  documents: readonly PrintDocumentRow[],
): Promise<void> => {
  for (const { job_id: jobId, document_id: old, position, state: from } of documents) {
    const next = await renewImpression(tx, old, from === 'waiting' ? 'never-released' : 'reprinted');
    await addJob(tx, 'purge-document', { documentId: old });
    const change = next === null ? { state: 'withdrawn' } : { state: 'renewing', document_id: next };
    await savePrintDocument(tx, { jobId, position, from }, { ...change, completed_at: null });
  }
};

/** Makes what was reserved by `renewDocuments`; false while issuing stands still. May be cut short and met again. */
export const makeRenewed = async (
  { db, makeImpression }: { db: Database } & Pick<PrintingDependencies, 'makeImpression'>,
  jobId: string,
): Promise<boolean> => {
  for (const { document_id: next, position, state } of await listPrintDocuments(db, jobId)) {
    if (state !== 'renewing') continue;
    const made = await makeImpression(next);
    if (made === 'halted') return false;
    const change =
      made === 'withdrawn'
        ? { state: 'withdrawn' }
        : { state: 'waiting', document_id: made.documentId, pages: made.pages, sha256: made.sha256 };
    await savePrintDocument(db, { jobId, position, from: 'renewing' }, change);
  }
  return true;
};
