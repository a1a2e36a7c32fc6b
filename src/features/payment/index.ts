export { PAYMENT_COMMANDS } from './commands.ts';
export type { PaymentDependencies } from './dependencies.ts';
export { paymentJobs, schedulePaymentSweep } from './jobs.ts';
export { paymentPath } from './paths.ts';
export type { PaymentProvider } from './providers/provider.ts';
export type { SandboxOptions } from './providers/sandbox/sandbox.ts';
export { createSandboxProvider } from './providers/sandbox/sandbox.ts';
export { createPaymentRoutes } from './routes.tsx';
