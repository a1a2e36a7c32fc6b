export type { Order, OrderLine } from './order-store.ts';
export { readOrder, readOrderByNumber, readOrderLines, savePrintDeadline } from './order-store.ts';
export type { Transition } from './transition-order.ts';
export { transitionOrder } from './transition-order.ts';
