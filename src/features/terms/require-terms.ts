import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '#features/http.tsx';
import { currentSession } from '#features/sign-in/index.ts';
import type { Database } from '#platform/database/database.ts';
import { termsPath } from './paths.ts';
import { readAgreedVersion } from './terms-store.ts';

/** Where a person's own business begins; a one-time URL from a mail needs no consent. */
const ASKED = /^\/(mail-address(\/change)?|orders?(\/.*)?)$/;
/** Accounts remembered as having agreed; the version cannot change while a process runs. */
const MOST_REMEMBERED = 50_000;

/**
 * Leads somebody who has not agreed to the terms as they are now to the page that asks. Pages only: a form that was
 * open when the terms changed is still taken, and the page after it asks.
 */
export const requireTerms = (db: Database, version: string): MiddlewareHandler<AppEnv> => {
  const agreed = new Set<string>();
  return async (c, next) => {
    const session = currentSession(c);
    if (session === null || c.req.method !== 'GET' || !ASKED.test(c.req.path)) return next();
    if (agreed.has(session.accountId)) return next();
    if ((await readAgreedVersion(db, session.accountId)) !== version) {
      const { pathname, search } = new URL(c.req.url);
      return c.redirect(termsPath(`${pathname}${search}`), 303);
    }
    if (agreed.size >= MOST_REMEMBERED) agreed.clear();
    agreed.add(session.accountId);
    return next();
  };
};
