import type { Routes } from '#features/http.tsx';
import { respond } from '#features/http.tsx';
import { requireSession } from '#features/sign-in/index.ts';
import { cancelOrder, isCancellable } from './cancel-order.ts';
import type { OrderingDependencies } from './dependencies.ts';
import { readOrderLines } from './line-store.ts';
import { orderAgain } from './order-again.ts';
import { readOrderHistory } from './order-state-store.ts';
import { listOrders, readOrderByNumber } from './order-store.ts';
import { againPath, cancelPath, certificatesPath, orderPath, ordersPath } from './paths.ts';
import { addReceiptRoutes } from './receipt-routes.tsx';
import { viewOf } from './view-context.ts';
import { CancelPage } from './views/cancel-page.tsx';
import { TO_BE_ISSUED } from './views/order-state.tsx';
import { OrderPage, OrdersPage } from './views/orders-page.tsx';

/** The pages of orders already made: all of them, one of them, and cancelling it while nothing of it is printed. */
export const addOrderRoutes = (routes: Routes, dependencies: OrderingDependencies): void => {
  const { db } = dependencies;
  routes.get(ordersPath(), async (c) => {
    const orders = await listOrders(db, requireSession(c).accountId);
    const waiting = orders.some(({ state }) => TO_BE_ISSUED.includes(state));
    const view = { ...viewOf(c, dependencies), halted: waiting && (await dependencies.isHalted()) };
    return respond(c, { title: view.texts.orders.title }, <OrdersPage orders={orders} view={view} />);
  });
  routes.get(orderPath(':number'), async (c) => {
    const { accountId } = requireSession(c);
    const order = await readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
    const lines = await readOrderLines(db, order.id);
    const history = await readOrderHistory(db, order.id);
    const view = { ...viewOf(c, dependencies), halted: await dependencies.isHalted() };
    const title = `${view.texts.orders.number} ${order.orderNumber}`;
    const sent = await dependencies.deliverySection(order, view.language);
    return respond(c, { title }, <OrderPage {...{ order, lines, history, view, sent }} />);
  });
  routes.post(againPath(':number'), async (c) => {
    const { accountId } = requireSession(c);
    const order = await readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
    await orderAgain(dependencies, order, await readOrderLines(db, order.id));
    return c.redirect(certificatesPath(), 303);
  });
  addReceiptRoutes(routes, dependencies);
  routes.get(cancelPath(':number'), async (c) => {
    const { accountId } = requireSession(c);
    const order = await readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
    if (!isCancellable(order)) return c.redirect(orderPath(order.orderNumber), 303);
    const view = viewOf(c, dependencies);
    const title = view.texts.cancel.title(order.orderNumber);
    return respond(c, { title }, <CancelPage order={order} view={view} />);
  });
  routes.post(cancelPath(':number'), async (c) => {
    const { accountId } = requireSession(c);
    const order = await readOrderByNumber(db, { accountId, orderNumber: c.req.param('number') ?? '' });
    await cancelOrder(dependencies, order);
    return c.redirect(orderPath(order.orderNumber), 303);
  });
};
