import { mayOrder } from '#domain/order/states.ts';
import { moveOrder, readOrder } from '#features/ordering/index.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import type { PrintClaimRow } from '../claim-store.ts';
import { findLastClaim } from '../claim-store.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import type { PrintJobRow } from '../print-store.ts';
import { listPrintDocuments, lockJob, spoilWaiting, takeFence } from '../print-store.ts';
import { makeRenewed, renewDocuments } from '../renew-documents.ts';
import { GatewayProblem } from './problem.ts';

/** The job while it can be claimed with a ticket of this generation; throws `not-printable` otherwise. */
export const requireOpenJob = async (
  tx: DatabaseTransaction,
  { jobId, generation, now }: { jobId: string; generation: number; now: Temporal.Instant },
): Promise<PrintJobRow> => {
  const job = await lockJob(tx, jobId);
  const open = job !== undefined && job.generation === generation && job.finished_at === null;
  if (!open || Temporal.Instant.compare(now, job.deadline) > 0) throw new GatewayProblem('not-printable');
  return job;
};

/** Throws `in-use` while another copier's lease runs; true when the last claim ended without an outcome. */
export const lostOutcome = (before: PrintClaimRow | undefined, now: Temporal.Instant): boolean => {
  if (before === undefined || before.outcome !== null) return false;
  if (Temporal.Instant.compare(before.leased_until, now) > 0) throw new GatewayProblem('in-use');
  return true;
};

/**
 * Before anything is printed again: a claim that fell silent counts as printed for all we know, and every impression
 * that may be on paper is voided and followed by the next, all in one transaction. From here a late outcome of the old
 * claim is stale, so that no sheet of it can ever count.
 */
const voidSpoiled = (
  dependencies: PrintingDependencies,
  asked: { jobId: string; generation: number; actor: string },
): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const now = dependencies.clock.now();
    const job = await requireOpenJob(tx, { ...asked, now });
    if (lostOutcome(await findLastClaim(tx, job.id), now)) {
      await moveOrder(tx, { orderId: job.order_id, event: 'lose-outcome', at: now, actor: asked.actor });
      await takeFence(tx, job);
      await spoilWaiting(tx, job.id);
    }
    const { state } = await readOrder(tx, job.order_id);
    if (!mayOrder(state, 'begin-printing')) throw new GatewayProblem('not-printable');
    const documents = await listPrintDocuments(tx, job.id);
    await renewDocuments(
      tx,
      dependencies,
      documents.filter((one) => one.state === 'spoiled'),
    );
  });

/** Makes what was reserved by `voidSpoiled`; a run that was cut short is taken up by the next claim. */
export const renewImpressions = async (
  dependencies: PrintingDependencies,
  asked: { jobId: string; generation: number; actor: string },
): Promise<void> => {
  await voidSpoiled(dependencies, asked);
  if (!(await makeRenewed(dependencies, asked.jobId))) throw new GatewayProblem('halted');
};
