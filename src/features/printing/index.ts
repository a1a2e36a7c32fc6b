export type { CampusPrinting } from './campus/machines.ts';
export type { CopierKey, PrintableDocument, PrintingDependencies } from './dependencies.ts';
export { eraseOldTickets } from './erased-ticket.ts';
export { createCopierGateway } from './gateway/gateway.ts';
export { eraseOldMisses } from './gateway/guessing-store.ts';
export { printingJobs } from './jobs.ts';
export { gatewayPath, ticketPath } from './paths.ts';
export { createPrintSecrets } from './print-secrets.ts';
export { createPrintingRoutes } from './routes.tsx';
