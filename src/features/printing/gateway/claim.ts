import { mayOrder } from '#domain/order/states.ts';
import { moveOrder, transitionLocked } from '#features/ordering/index.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { addClaim, findClaim, findLastClaim, saveProgress } from '../claim-store.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { listPrintDocuments, lockJob, lockOrderOfJob } from '../print-store.ts';
import { GatewayProblem } from './problem.ts';
import { lostOutcome, renewImpressions, requireOpenJob } from './renew-impressions.ts';

export const LEASE_SECONDS = 120;

const readToken = (dependencies: PrintingDependencies, token: string, network: string, device: string) => {
  const text = dependencies.secrets.readToken(token);
  if (text === null) throw new GatewayProblem('not-printable');
  const [jobId, generation, ofNetwork, ofDevice, until] = JSON.parse(text) as [
    string,
    number,
    string,
    string,
    number,
  ];
  const ours =
    ofNetwork === network && ofDevice === device && until >= dependencies.clock.now().epochMilliseconds;
  if (!ours) throw new GatewayProblem('not-printable');
  return { jobId, generation };
};

/** Leases to a copier the job whose number and PIN were typed at it. */
export const claim = async (
  dependencies: PrintingDependencies,
  network: string,
  asked: { readonly claimToken: string; readonly device: string },
): Promise<Lease> => {
  const ticket = readToken(dependencies, asked.claimToken, network, asked.device);
  return claimJob(dependencies, { ...ticket, network, device: asked.device });
};

type Lease = {
  readonly claim: string;
  readonly fence: number;
  readonly leasedUntil: string;
  readonly documents: readonly {
    readonly document: number;
    readonly pages: number;
    readonly sha256: string;
  }[];
};

type Claimant = {
  readonly jobId: string;
  readonly generation: number;
  readonly network: string;
  readonly device: string;
};
type Within = (tx: DatabaseTransaction, lease: Lease) => Promise<void>;

/**
 * Leases the job to one machine: the row lock makes one winner, the fence tells a late loser apart. What an earlier claim
 * may have left on paper is voided and made anew first. `within` adds to the same transaction.
 */
export const claimJob = async (
  dependencies: PrintingDependencies,
  asked: Claimant,
  within?: Within,
): Promise<Lease> => {
  const first = await leaseClean(dependencies, asked, within);
  if (first !== null) return first;
  const { jobId, generation, network } = asked;
  await renewImpressions(dependencies, { jobId, generation, actor: `copier:${network}` });
  const renewed = await leaseClean(dependencies, asked, within);
  // Another copier's claim came and went since: it has to be looked at like any other.
  if (renewed === null) throw new GatewayProblem('in-use');
  return renewed;
};

/** Null, and nothing done, where something of an earlier claim may be on paper. */
const leaseClean = (
  dependencies: PrintingDependencies,
  asked: Claimant,
  within: Within | undefined,
): Promise<Lease | null> =>
  transaction(dependencies.db, async (tx) => {
    const { jobId, generation, network } = asked;
    const actor = `copier:${network}`;
    const now = dependencies.clock.now();
    // Asked together, carried out one after the other: what is read is what stands once the job is locked.
    const [job, before, documents, state] = await Promise.all([
      requireOpenJob(tx, { jobId, generation, now }),
      findLastClaim(tx, jobId),
      listPrintDocuments(tx, jobId),
      lockOrderOfJob(tx, jobId),
    ]);
    const lost = lostOutcome(before, now);
    if (lost || documents.some(({ state }) => state === 'spoiled' || state === 'renewing')) return null;
    const waiting = documents.filter(({ state }) => state === 'waiting');
    if (waiting.length === 0) throw new GatewayProblem('not-printable');
    if (state === null || !mayOrder(state, 'begin-printing')) throw new GatewayProblem('not-printable');
    await transitionLocked(tx, state, { orderId: job.order_id, event: 'begin-printing', at: now, actor });
    const leasedUntil = now.add({ seconds: LEASE_SECONDS });
    const { device } = asked;
    const claimed = { network, device, documents: waiting.length, claimedAt: now, leasedUntil };
    const { id: claimId, fence } = await addClaim(tx, job, claimed);
    await addJob(tx, 'end-print-lease', { claimId }, { key: `lease:${claimId}`, runAt: leasedUntil });
    const lease = {
      claim: claimId,
      fence,
      leasedUntil: leasedUntil.toString(),
      documents: waiting.map(({ position, pages, sha256 }) => ({ document: position, pages, sha256 })),
    };
    await within?.(tx, lease);
    return lease;
  });

/** The claim of this network, while its lease runs. */
export const requireLease = async ({ db, clock }: PrintingDependencies, network: string, claimId: string) => {
  const found = await findClaim(db, claimId);
  if (found === undefined || found.network !== network) throw new GatewayProblem('not-printable');
  const ended = Temporal.Instant.compare(found.leased_until, clock.now()) <= 0;
  if (found.outcome !== null || ended) throw new GatewayProblem('lease-ended');
  return found;
};

/** Counts printed pages and renews the lease. */
export const reportPages = async (
  dependencies: PrintingDependencies,
  network: string,
  claimId: string,
  report: { readonly fence: number; readonly pages: number },
) => {
  const at = dependencies.clock.now();
  const leasedUntil = at.add({ seconds: LEASE_SECONDS });
  const { fence, pages } = report;
  if (!(await saveProgress(dependencies.db, { claimId, network, fence, pages, at, leasedUntil }))) {
    // Only now it is asked why.
    const found = await requireLease(dependencies, network, claimId);
    throw new GatewayProblem(found.fence === fence ? 'lease-ended' : 'stale-fence');
  }
  return { leasedUntil: leasedUntil.toString() };
};

/** The job `end-print-lease`: a copier that fell silent leaves the outcome unknown. */
export const endLease = (dependencies: PrintingDependencies, claimId: string): Promise<void> =>
  transaction(dependencies.db, async (tx) => {
    const found = await findClaim(tx, claimId);
    if (found === undefined || found.outcome !== null) return;
    const job = await lockJob(tx, found.job_id);
    const now = dependencies.clock.now();
    if (job === undefined || job.fence !== found.fence) return;
    if (Temporal.Instant.compare(found.leased_until, now) > 0) {
      await addJob(tx, 'end-print-lease', { claimId }, { runAt: found.leased_until });
      return;
    }
    await moveOrder(tx, { orderId: job.order_id, event: 'lose-outcome', at: now, actor: 'system' });
  });
