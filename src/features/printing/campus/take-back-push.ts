import type { Database } from '#platform/database/database.ts';
import type { PrintingDependencies } from '../dependencies.ts';
import { askToFollow } from './ask-to-follow.ts';
import { findLastPush, takeBack } from './push-store.ts';

/**
 * Has a machine give up what was sent to it last, for its owner or because it may no longer be printed. What is already
 * coming out comes out: only the machine's own word settles it.
 */
export const takeBackPush = async (
  db: Database,
  { clock }: Pick<PrintingDependencies, 'clock'>,
  jobId: string,
): Promise<void> => {
  const push = await findLastPush(db, jobId);
  if (push === undefined || push.outcome_at !== null) return;
  const { claim_id: claimId } = push;
  if (!(await takeBack(db, claimId, clock.now()))) return;
  await askToFollow(db, claimId);
};
