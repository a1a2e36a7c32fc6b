import { isDeepStrictEqual } from 'node:util';
import { moveOrder } from '#features/ordering/index.ts';
import { recordEvent } from '#platform/audit/audit.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { findClaim, saveOutcome } from '../claim-store.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { countPrinted, finishPrinted } from '../move-order.ts';
import { paperMayBeOut } from '../paper-out.ts';
import type { PrintDocumentRow, PrintJobRow } from '../print-store.ts';
import { completeDocuments, listDocumentsOfClaim, lockJobOfClaim, spoilWaiting } from '../print-store.ts';
import { GatewayProblem } from './problem.ts';

export type Impression = {
  readonly document: number;
  readonly result: 'completed' | 'partial' | 'failed';
  readonly pages: number;
};
export type Outcome = { readonly fence: number; readonly impressions: readonly Impression[] };

/**
 * What became of each impression. It counts with the latest fence even after the lease; the same report again gets
 * the same answer, a different one is refused.
 */
export const reportOutcome = (
  dependencies: PrintingDependencies,
  network: string,
  claimId: string,
  outcome: Outcome,
) =>
  transaction(dependencies.db, async (tx) => {
    // Asked together, carried out one after the other: what is read is what stands once the job is locked.
    const [job, found, before] = await Promise.all([
      lockJobOfClaim(tx, claimId),
      findClaim(tx, claimId),
      listDocumentsOfClaim(tx, claimId),
    ]);
    if (job === undefined) throw new GatewayProblem('not-printable');
    if (found?.network !== network) throw new GatewayProblem('not-printable');
    if (outcome.fence !== found.fence) throw new GatewayProblem('stale-fence');
    if (found.outcome !== null) {
      if (isDeepStrictEqual(found.outcome, outcome)) return countPrinted(before);
      throw new GatewayProblem('outcome-differs');
    }
    if (found.fence !== job.fence) throw new GatewayProblem('stale-fence');
    const now = dependencies.clock.now();
    await saveOutcome(tx, claimId, { outcome, at: now });
    const documents = await settleDocuments(tx, before, { jobId: job.id, outcome, at: now });
    const actor = `copier:${network}`;
    const result = countPrinted(documents);
    if (!(await finishPrinted(tx, dependencies, { job, documents, actor })))
      await moveAfter(tx, job, now, actor);
    const { fence, impressions } = outcome;
    const named = impressions.map((one) => `${one.document}:${one.result}`).join(' ');
    const data = { fence, impressions: named, ...result };
    await recordEvent(tx, { at: now, type: 'print.outcome', subject: `order:${job.order_id}`, actor, data });
    return result;
  });

/**
 * What did not come out whole, or is not named, may lie in the machine: the next claim voids it before it prints. Returns
 * the copies as they are now.
 */
const settleDocuments = async (
  tx: DatabaseTransaction,
  documents: readonly PrintDocumentRow[],
  { jobId, outcome, at }: { jobId: string; outcome: Outcome; at: Temporal.Instant },
): Promise<PrintDocumentRow[]> => {
  const whole = new Map<number, string>();
  for (const { document: position, result } of outcome.impressions) {
    const document = documents.find((one) => one.position === position);
    // What was withdrawn in the middle of it stays withdrawn, whatever came out; the others must not suffer.
    if (document?.state !== 'waiting' && document?.state !== 'withdrawn')
      throw new GatewayProblem('bad-request');
    if (result !== 'completed' || document.state === 'withdrawn') continue;
    whole.set(position, document.document_id);
  }
  await completeDocuments(tx, jobId, [...whole.keys()], at);
  for (const documentId of whole.values())
    await addJob(tx, 'purge-document', { documentId }, { patient: true });
  const settled = documents.map((one) => {
    if (one.state !== 'waiting') return one;
    return { ...one, state: whole.has(one.position) ? 'completed' : 'spoiled' };
  });
  if (settled.some(({ state }) => state === 'spoiled')) await spoilWaiting(tx, jobId);
  return settled;
};

/** What is told late, of an order that has closed meanwhile, leaves it lapsed: the rest can be asked for. */
const moveAfter = async (
  tx: DatabaseTransaction,
  job: PrintJobRow,
  at: Temporal.Instant,
  actor: string,
): Promise<void> => {
  const event = (await paperMayBeOut(tx, job.id)) ? 'print-part' : 'stop-printing';
  await moveOrder(tx, { orderId: job.order_id, event, at, actor });
  if (job.finished_at !== null) await moveOrder(tx, { orderId: job.order_id, event: 'lapse', at, actor });
};
