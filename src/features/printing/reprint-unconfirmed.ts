import { deadlineAfterDays } from '#domain/dates.ts';
import { AkashiError } from '#domain/error.ts';
import { transitionOrder } from '#features/ordering/index.ts';
import { transaction } from '#platform/database/database.ts';
import type { PrintingDependencies } from './dependencies.ts';
import { openUntil } from './open-until.ts';
import { lockJobByOrder, spoilWaiting } from './print-store.ts';

/**
 * The deadline passed and no copier said whether it printed: the owner may have it printed once more. From here a late
 * outcome is stale; the old sheet stays valid until the next claim voids it. Throws `wrong-state` the second time.
 */
export const reprintUnconfirmed = (
  { db, clock, printDays }: PrintingDependencies,
  { orderId, actor }: { orderId: string; actor: string },
): Promise<void> =>
  transaction(db, async (tx) => {
    const job = await lockJobByOrder(tx, orderId);
    if (job === undefined || job.reprinted_at !== null)
      throw new AkashiError('wrong-state', { reprint: 'used' });
    const at = clock.now();
    const deadline = deadlineAfterDays(at, printDays);
    await transitionOrder(tx, { orderId, event: 'reprint', at, actor });
    await openUntil(tx, job, { deadline, reprinted_at: at }, at);
    await spoilWaiting(tx, job.id);
  });
