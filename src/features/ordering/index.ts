export type { OrderingDependencies, Preview, RegisterReader } from './dependencies.ts';
export { extendPaymentDeadline } from './extend-payment-deadline.ts';
export { orderingJobs } from './jobs.ts';
export type { Order, OrderLine } from './order-store.ts';
export {
  listPeopleWithOrders,
  readOrder,
  readOrderByNumber,
  readOrderLines,
  savePrintDeadline,
} from './order-store.ts';
export { certificatesPath, destinationPath, orderPath, ordersPath } from './paths.ts';
export type { Submission } from './place-order.ts';
export { placeOrder } from './place-order.ts';
export { createOrderingRoutes } from './routes.tsx';
export type { Transition } from './transition-order.ts';
export { transitionOrder } from './transition-order.ts';
