export { hasOpenUndo } from './mail-address-store.ts';
export { changeAddressPath, mailAddressPath } from './paths.ts';
export type { MailAddressDependencies } from './request-address.ts';
export { requireVerifiedAddress } from './require-verified-address.ts';
export { createMailAddressRoutes } from './routes.tsx';
