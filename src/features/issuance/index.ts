export type { DocumentFiles } from './document-files.ts';
export { openDocumentFiles } from './document-files.ts';
export type { DocumentAccess, IssuedDocument } from './documents.ts';
export { createDocumentAccess, listDocuments } from './documents.ts';
export type { Withdrawn } from './issuance-store.ts';
export { findSeal, listWithdrawn } from './issuance-store.ts';
export type { IssueDependencies } from './issue-order.ts';
export { issuanceJobs } from './jobs.ts';
