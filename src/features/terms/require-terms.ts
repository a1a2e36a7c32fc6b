import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '#features/http.tsx';
import { currentSession } from '#features/sign-in/index.ts';
import { termsPath } from './paths.ts';

/** Where a person's own business begins; a one-time URL from a mail needs no consent. */
const ASKED = /^\/(mail-address(\/change)?|orders?(\/.*)?)$/;

/**
 * Leads somebody who has not agreed to the terms as they are now to the page that asks. Pages only: a form that was
 * open when the terms changed is still taken, and the page after it asks.
 */
export const requireTerms =
  (version: string): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const session = currentSession(c);
    if (session === null || c.req.method !== 'GET' || !ASKED.test(c.req.path)) return next();
    if (session.termsVersion === version) return next();
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(termsPath(`${pathname}${search}`), 303);
  };
