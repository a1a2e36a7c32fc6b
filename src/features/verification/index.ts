export { verificationPath } from './paths.ts';
export { verificationJobs } from './publish-records.ts';
export type { PublishedKeys, VerificationDependencies } from './routes.tsx';
export { createVerificationRoutes } from './routes.tsx';
