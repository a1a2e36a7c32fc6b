export { createDeliverySection } from './delivery-section.tsx';
export type { DeliveryDependencies } from './dependencies.ts';
export { deliveryJobs, scheduleWaitingOrders } from './jobs.ts';
export { createApplicantRoutes, createRecipientRoutes } from './routes.tsx';
