import { AkashiError } from '#domain/error.ts';
import type { DatabaseTransaction } from '#platform/database/database.ts';
import type { Assessment } from './assess-draft.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { assessWish } from './list-offers.ts';
import type { NewOrder } from './order-store.ts';
import { countOrderedCopies, lockOrderedCopies } from './ordered-copies-store.ts';

/**
 * Counts once more, with no other order of the person being placed, what limits a person's copies: two windows that
 * submit at once were each assessed without the other. Throws `wrong-state` where a limit is passed.
 */
export const requireLimits = async (
  tx: DatabaseTransaction,
  dependencies: OrderingDependencies,
  { personId, submittedAt }: NewOrder,
  { lines }: Pick<Assessment, 'lines'>,
): Promise<void> => {
  const limited = lines.filter(({ offer }) => offer.type.eligibility.includes('within-limits'));
  if (limited.length === 0) return;
  await lockOrderedCopies(tx, personId);
  const counted = await countOrderedCopies(tx, personId, submittedAt);
  for (const { offer } of limited) {
    const { code } = offer.type;
    const copies = limited.reduce((sum, one) => sum + (one.offer.type.code === code ? one.copies : 0), 0);
    const ordered = counted.get(code) ?? { today: 0, thisAcademicYear: 0 };
    const asked = { ...offer, type: { ...offer.type, eligibility: ['within-limits' as const] } };
    const answer = assessWish(dependencies, asked, { holds: [], ordered, copies }, submittedAt);
    if (!answer.eligible) throw new AkashiError('wrong-state', { limit: code });
  }
};
