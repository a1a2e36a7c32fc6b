import { extendLease, findClaim } from '../claim-store.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { LEASE_SECONDS } from '../gateway/claim.ts';
import { reportOutcome } from '../gateway/outcome.ts';
import { GatewayProblem } from '../gateway/problem.ts';
import { listPrintDocuments } from '../print-store.ts';
import { askToFollow } from './ask-to-follow.ts';
import { CAMPUS_NETWORK } from './machines.ts';
import type { PushRow, Trouble } from './push-store.ts';
import { findPush, listCopies, saveTrouble } from './push-store.ts';
import { workOnCopy } from './work-on-copy.ts';

const FOLLOW_EVERY = { seconds: 3 };
/** How long after its end a push is still looked after: the printer may be off until the next morning. */
const LOOKED_AFTER = { hours: 24 };

/**
 * The job `follow-push`: sends the copies to the machine, asks it what became of them, and reports that as a copier
 * would. It adds itself again until every copy has an end; a crash leaves it to be run again. A machine that is busy or
 * away is tried again until the push ends.
 */
export const followPush = async (dependencies: PrintingDependencies, claimId: string): Promise<void> => {
  const { db, clock } = dependencies;
  const push = await findPush(db, claimId);
  const claim = push === undefined ? undefined : await findClaim(db, claimId);
  if (push === undefined || claim === undefined || claim.outcome !== null) return;
  const now = clock.now();
  const troubles = new Set<Trouble | null>();
  for (const copy of await listCopies(db, claimId)) {
    if (copy.state === 'ended') continue;
    troubles.add(await workOnCopy(dependencies, { push, copy, jobId: claim.job_id }));
  }
  await noteTrouble(dependencies, push, troubles);
  const copies = await listCopies(db, claimId);
  if (copies.every(({ state }) => state === 'ended')) return reportPush(dependencies, claimId);
  // A lease runs out by itself when the machine has something of ours and is silent.
  const silent = troubles.has('unreachable') && copies.some(({ state }) => state !== 'ready');
  if (!silent) await extendLease(db, claimId, now.add({ seconds: LEASE_SECONDS }));
  if (Temporal.Instant.compare(now, push.release_until.add(LOOKED_AFTER)) > 0) return;
  await askToFollow(db, claimId, now.add(FOLLOW_EVERY));
};

/** What a machine suffers from stays in the row until it is over; whoever watches the service is told once. */
const noteTrouble = async (
  { db, campus }: PrintingDependencies,
  { claim_id: claimId, machine }: PushRow,
  troubles: ReadonlySet<Trouble | null>,
): Promise<void> => {
  const trouble = [...troubles].find((one) => one !== null) ?? null;
  // Why the last copy ended is still worth telling when all have.
  if (trouble === null && troubles.size === 0) return;
  const changed = await saveTrouble(db, claimId, trouble);
  if (changed && trouble !== null && trouble !== 'busy') campus.reportMachine({ machine, trouble });
};

/** A newer claim may have made this one stale: then nothing of it counts, and its impressions are void. */
const reportPush = async (dependencies: PrintingDependencies, claimId: string): Promise<void> => {
  const { db } = dependencies;
  const claim = await findClaim(db, claimId);
  if (claim === undefined) return;
  const documents = await listPrintDocuments(db, claim.job_id);
  const impressions = (await listCopies(db, claimId)).flatMap(({ position, result }) => {
    const document = documents.find((one) => one.position === position);
    // Withdrawn while it lay at the machine.
    if (document?.state !== 'waiting') return [];
    const told = result as 'completed' | 'partial' | 'failed';
    return [{ document: position, result: told, pages: told === 'completed' ? document.pages : 0 }];
  });
  try {
    await reportOutcome(dependencies, CAMPUS_NETWORK, claimId, { fence: claim.fence, impressions });
  } catch (error) {
    if (!(error instanceof GatewayProblem)) throw error;
  }
};
