import type { DraftProblem } from '../assess-draft.ts';
import type { ViewContext } from './order-state.tsx';

/** What is wrong with a field of copies, and what to do. */
export const problemText = (problem: DraftProblem, { texts, dependencies }: ViewContext): string => {
  const { problems } = texts.certificates;
  switch (problem) {
    case 'copies':
      return problems.copies(dependencies.university.limits.copiesPerLine);
    case 'fare-discount':
      return problems.fareDiscount;
    case 'not-eligible':
      return problems.notEligible;
  }
};
