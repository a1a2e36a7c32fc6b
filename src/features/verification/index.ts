export { verificationPath } from './paths.ts';
export type { VerificationDependencies } from './routes.tsx';
export { createVerificationRoutes } from './routes.tsx';
