import { isDeepStrictEqual } from 'node:util';
import { recordEvent } from '#platform/audit/audit.ts';
import type { Database } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { findClaim, listPrintDocuments, lockJob } from '../print-store.ts';
import { moveOrder, replaceWaiting } from './claim.ts';
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
    const first = await findClaim(tx, claimId);
    if (first === undefined || first.network !== network) throw new GatewayProblem('not-printable');
    const job = await lockJob(tx, first.job_id);
    const found = await findClaim(tx, claimId);
    if (job === undefined || found === undefined) throw new GatewayProblem('not-printable');
    if (outcome.fence !== found.fence) throw new GatewayProblem('stale-fence');
    if (found.outcome !== null) {
      if (isDeepStrictEqual(found.outcome, outcome)) return summary(tx, job.id);
      throw new GatewayProblem('outcome-differs');
    }
    if (found.fence !== job.fence) throw new GatewayProblem('stale-fence');
    const now = dependencies.clock.now();
    await tx
      .updateTable('print_claim')
      .set({ outcome: JSON.stringify(outcome), outcome_at: now })
      .where('id', '=', claimId)
      .execute();
    await settleDocuments(tx, dependencies, job.id, outcome);
    const result = await summary(tx, job.id);
    const actor = `copier:${network}`;
    await moveAfter(tx, job.order_id, result, now, actor);
    if (result.remaining === 0) {
      await tx.updateTable('print_job').set({ finished_at: now }).where('id', '=', job.id).execute();
    }
    const data = { fence: found.fence, completed: result.completed, remaining: result.remaining };
    await recordEvent(tx, { at: now, type: 'print.outcome', subject: `order:${job.order_id}`, actor, data });
    return result;
  });

const settleDocuments = async (
  tx: Database,
  dependencies: PrintingDependencies,
  jobId: string,
  { impressions }: Outcome,
): Promise<void> => {
  const documents = await listPrintDocuments(tx, jobId);
  const torn = new Set<number>();
  for (const { document: position, result } of impressions) {
    const document = documents.find((one) => one.position === position);
    if (document === undefined || document.state === 'completed') throw new GatewayProblem('bad-request');
    if (result === 'partial') torn.add(position);
    if (result !== 'completed') continue;
    await tx
      .updateTable('print_document')
      .set({ state: 'completed', completed_at: dependencies.clock.now() })
      .where('job_id', '=', jobId)
      .where('position', '=', position)
      .execute();
    await addJob(tx, 'purge-document', { documentId: document.document_id });
  }
  await replaceWaiting(tx, dependencies, jobId, torn);
};

const summary = async (db: Database, jobId: string): Promise<{ completed: number; remaining: number }> => {
  const documents = await listPrintDocuments(db, jobId);
  const completed = documents.filter((document) => document.state === 'completed').length;
  return { completed, remaining: documents.length - completed };
};

const moveAfter = async (
  tx: Database,
  orderId: string,
  { completed, remaining }: { completed: number; remaining: number },
  at: Temporal.Instant,
  actor: string,
): Promise<void> => {
  if (remaining === 0) return void (await moveOrder(tx, orderId, 'print-all', at, actor));
  if (completed > 0) return void (await moveOrder(tx, orderId, 'print-part', at, actor));
  // An outcome that comes late finds the order in outcome_unknown, from which only printing leads back.
  if (await moveOrder(tx, orderId, 'stop-printing', at, actor)) return;
  await moveOrder(tx, orderId, 'begin-printing', at, actor);
  await moveOrder(tx, orderId, 'stop-printing', at, actor);
};
