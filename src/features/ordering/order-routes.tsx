import { AkashiError } from '#domain/error.ts';
import type { Routes } from '#features/http.tsx';
import { respond, textsFor } from '#features/http.tsx';
import { requireSession } from '#features/sign-in/index.ts';
import { transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { orderAgain } from './order-again.ts';
import {
  listOrders,
  lockOrderState,
  readOrderByNumber,
  readOrderHistory,
  readOrderLines,
} from './order-store.ts';
import { againPath, cancelPath, certificatesPath, orderPath, ordersPath } from './paths.ts';
import { addReceiptRoutes } from './receipt-routes.tsx';
import { transitionOrder } from './transition-order.ts';
import { OrderPage, OrdersPage } from './views/orders-page.tsx';

/** The pages of orders already made: all of them, one of them, and cancelling one that is not paid for. */
export const addOrderRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const { db, clock } = dependencies;
  routes.get(ordersPath(), async (c) => {
    const orders = await listOrders(db, requireSession(c).accountId);
    const texts = textsFor(c).ordering;
    const view = { texts, language: c.get('language'), dependencies };
    return respond(c, { title: texts.orders.title }, <OrdersPage orders={orders} view={view} />);
  });
  routes.get(orderPath(':number'), async (c) => {
    const { accountId } = requireSession(c);
    const order = await readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
    const lines = await readOrderLines(db, order.id);
    const history = await readOrderHistory(db, order.id);
    const texts = textsFor(c).ordering;
    const view = { texts, language: c.get('language'), dependencies };
    const title = `${texts.orders.number} ${order.orderNumber}`;
    return respond(c, { title }, <OrderPage order={order} lines={lines} history={history} view={view} />);
  });
  routes.post(againPath(':number'), async (c) => {
    const { accountId } = requireSession(c);
    const order = await readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
    await orderAgain(dependencies, order, await readOrderLines(db, order.id));
    return c.redirect(certificatesPath(), 303);
  });
  addReceiptRoutes(routes, dependencies);
  routes.post(cancelPath(':number'), async (c) => {
    const { accountId } = requireSession(c);
    const order = await readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
    await transaction(db, async (tx) => {
      // The same event exists for paid orders, where money has to go back; that is not done from here.
      const state = await lockOrderState(tx, order.id);
      if (state !== 'awaiting_payment') throw new AkashiError('wrong-state', { state });
      const actor = `account:${accountId}`;
      await transitionOrder(tx, { orderId: order.id, event: 'cancel', at: clock.now(), actor });
      await addJob(tx, 'cancel-checkout', { orderId: order.id }, { key: `cancel-checkout:${order.id}` });
    });
    return c.redirect(orderPath(order.orderNumber), 303);
  });
};
