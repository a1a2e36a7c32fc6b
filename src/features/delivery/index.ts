export { createDeliverySection } from './delivery-section.tsx';
export { eraseOldRecipients } from './delivery-store.ts';
export type { DeliveryDependencies } from './dependencies.ts';
export { deliveryJobs, scheduleWaitingOrders } from './jobs.ts';
export { createApplicantRoutes, createRecipientRoutes } from './routes.tsx';
