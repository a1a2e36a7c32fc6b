import { copiesField } from '#domain/order/draft.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { withFields } from './draft-form.ts';
import { changeDraft } from './draft-store.ts';
import type { OrderLine } from './line-store.ts';
import type { Order } from './order-store.ts';

/** Puts the certificates of an order into the draft again; whether each can still be had is seen on the next page. */
export const orderAgain = async (
  dependencies: OrderingDependencies,
  order: Order,
  lines: readonly OrderLine[],
): Promise<void> => {
  const { db, clock } = dependencies;
  const wishes = lines.map(
    ({ enrolmentId, certificateType, language, copies }) =>
      [copiesField(enrolmentId, certificateType, language), String(copies)] as const,
  );
  const fields = [
    ['destination', order.destination] as const,
    ['reference', order.reference] as const,
    ...wishes,
  ];
  await changeDraft(db, order.accountId, clock.now(), (draft) =>
    withFields(dependencies, { ...draft, copies: {} }, fields),
  );
};
