import type { AppContext, Routes } from '#features/http.tsx';
import { requireSession } from '#features/sign-in/index.ts';
import { confirmLine, declineLine } from './answer-held-line.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { readOrderByNumber } from './order-store.ts';
import { confirmLinePath, declineLinePath, orderPath } from './paths.ts';

/** What a student answers for a line that is held. */
export const addLineRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const answer = (act: typeof confirmLine) => async (c: AppContext) => {
    const { accountId } = requireSession(c);
    const orderNumber = c.req.param('number') ?? '';
    const order = await readOrderByNumber(dependencies.db, { accountId, orderNumber });
    await act(dependencies, { order, lineId: c.req.param('line') ?? '', actor: `account:${accountId}` });
    return c.redirect(orderPath(order.orderNumber), 303);
  };
  routes.post(confirmLinePath(':number', ':line'), answer(confirmLine));
  routes.post(declineLinePath(':number', ':line'), answer(declineLine));
};
