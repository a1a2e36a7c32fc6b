export type { AddressNoticeDependencies } from './address-notice.ts';
export { addressNotice } from './address-notice.ts';
export { mailAddressJobs } from './jobs.ts';
export { changeAddressPath, mailAddressPath } from './paths.ts';
export type { MailAddressDependencies } from './request-address.ts';
export { requireVerifiedAddress } from './require-verified-address.ts';
export { createMailAddressRoutes } from './routes.tsx';
export { cancelRequest, showAddress } from './staff.ts';
export { hasOpenUndo } from './undo-store.ts';
