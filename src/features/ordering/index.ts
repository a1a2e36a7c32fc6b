export { cancelOrder } from './cancel-order.ts';
export type { OrderingDependencies, Preview, RegisterReader } from './dependencies.ts';
export { extendPaymentDeadline } from './extend-payment-deadline.ts';
export { orderingJobs } from './jobs.ts';
export { countOpenLines, listStuckOrders, moveLine } from './line-store.ts';
export type { Order, OrderLine } from './order-store.ts';
export {
  listPeopleWithOrders,
  lockOrderState,
  readOrder,
  readOrderByNumber,
  readOrderLines,
} from './order-store.ts';
export { certificatesPath, confirmationPath, destinationPath, orderPath, ordersPath } from './paths.ts';
export type { Submission } from './place-order.ts';
export { placeOrder } from './place-order.ts';
export { recheckLines } from './recheck-lines.ts';
export { savePrintDeadline } from './remind-order.ts';
export { eraseOldOrders } from './retention-store.ts';
export { createOrderingRoutes } from './routes.tsx';
export { listNamesWaiting, settleNames } from './settle-names.ts';
export type { Transition } from './transition-order.ts';
export { transitionOrder } from './transition-order.ts';
