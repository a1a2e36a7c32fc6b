export { verificationPath } from './paths.ts';
export { verificationJobs } from './publish-records.ts';
export type { VerificationDependencies } from './routes.tsx';
export { createVerificationRoutes } from './routes.tsx';
