export type { PublishedKeys, VerificationDependencies } from './dependencies.ts';
export { verificationPath } from './paths.ts';
export { verificationJobs } from './publish-records.ts';
export { createVerificationRoutes } from './routes.tsx';
