import type { MiddlewareHandler } from 'hono';
import { AkashiError } from '#domain/error.ts';
import type { AppContext, AppEnv } from '#features/http.tsx';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { CookieJar } from '#platform/web/cookies.ts';
import type { Session } from './session-store.ts';
import { readSession } from './session-store.ts';

export const SESSION_COOKIE = 'akashi-session';

/** Puts the session, or null, on every request: one indexed read, none without a cookie. */
export const sessionMiddleware =
  (db: Database, clock: Clock, cookies: CookieJar): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const token = cookies.get(c, SESSION_COOKIE);
    c.set('session', token === undefined ? null : await readSession(db, token, clock.now()));
    return next();
  };

export const currentSession = (c: AppContext): Session | null =>
  (c.get('session') as Session | null | undefined) ?? null;

/** The session; throws `session-expired` where nobody is signed in. */
export const requireSession = (c: AppContext): Session => {
  const session = currentSession(c);
  if (session === null) throw new AkashiError('session-expired');
  return session;
};
