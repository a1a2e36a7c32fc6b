import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '#features/http.tsx';
import { currentSession } from '#features/sign-in/index.ts';
import { mailAddressPath } from './paths.ts';

/** What a session without a verified address may reach; everything else leads to Mail address setting. */
const OPEN = [
  '/mail-address',
  '/sign-in',
  '/sign-out',
  '/signed-out',
  '/saml',
  '/language',
  '/manual',
  '/inquiries',
  '/browsers',
  '/legal',
  '/terms',
  '/verify',
  '/assets',
];

const isOpen = (path: string): boolean =>
  path === '/' || OPEN.some((open) => path === open || path.startsWith(`${open}/`));

/** Manual 2.1: the first login registers a mail address before anything else. Mount it after the session. */
export const requireVerifiedAddress: MiddlewareHandler<AppEnv> = async (c, next) => {
  const session = currentSession(c);
  if (session === null || session.mailAddress !== null || isOpen(c.req.path)) return next();
  return c.redirect(mailAddressPath(), 303);
};
