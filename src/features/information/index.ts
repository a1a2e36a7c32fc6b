export type { InformationDependencies } from './routes.tsx';
export { createInformationRoutes } from './routes.tsx';
