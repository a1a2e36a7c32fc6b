export type { ManualDependencies } from './routes.tsx';
export { createManualRoutes } from './routes.tsx';
