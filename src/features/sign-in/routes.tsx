import { AkashiError } from '#domain/error.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes, respond, textsFor } from '#features/http.tsx';
import { recordEvent } from '#platform/audit/audit.ts';
import { isLanguage } from '#platform/i18n/language.ts';
import type { CookieJar } from '#platform/web/cookies.ts';
import { beginSignIn, safeReturn } from './begin-sign-in.ts';
import type { SignInDependencies } from './complete-sign-in.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { assertionPath, metadataPath, signInPath, signOutPath } from './paths.ts';
import { currentSession, SESSION_COOKIE } from './session.ts';
import { endSession } from './session-store.ts';
import { SignedOut } from './views/signed-out.tsx';

const TRANSACTION_COOKIE = 'akashi-sign-in';
const LANGUAGE_COOKIE = 'akashi-language';
const HOUR = 3600;

export type SignInRoutesDependencies = SignInDependencies & { readonly cookies: CookieJar };

/** Manual 2.2: a link leads to the campus sign-in, and its answer opens the session. */
export const createSignInRoutes = (dependencies: SignInRoutesDependencies): Routes => {
  const { db, clock, cookies, serviceProvider } = dependencies;
  const routes = createRoutes();

  routes.get(metadataPath(), (c) =>
    c.body(serviceProvider.metadata(), 200, {
      'Content-Type': 'application/samlmetadata+xml; charset=utf-8',
    }),
  );

  routes.get(signInPath(), async (c) => {
    const fresh = c.req.query('fresh') === '1';
    const returnTo = safeReturn(c.req.query('return'));
    if (!fresh && currentSession(c) !== null) return c.redirect(returnTo, 303);
    const { url, token } = await beginSignIn(dependencies, { fresh, returnTo, language: c.get('language') });
    cookies.set(c, TRANSACTION_COOKIE, token, { sameSite: 'None', maxAgeSeconds: HOUR });
    return c.redirect(url, 303);
  });

  routes.post(assertionPath(), async (c) => {
    const signedIn = await completeSignIn(dependencies, {
      response: await postedResponse(c),
      token: cookies.get(c, TRANSACTION_COOKIE),
      userAgent: c.req.header('user-agent') ?? '',
      previous: currentSession(c),
    });
    cookies.clear(c, TRANSACTION_COOKIE);
    cookies.set(c, SESSION_COOKIE, signedIn.token);
    if (isLanguage(signedIn.language))
      cookies.set(c, LANGUAGE_COOKIE, signedIn.language, { maxAgeSeconds: 365 * 24 * HOUR });
    return c.redirect(signedIn.returnTo, 303);
  });

  routes.post(signOutPath(), async (c) => {
    const session = currentSession(c);
    if (session !== null) {
      const at = clock.now();
      await endSession(db, session.id, at);
      const subject = `account:${session.accountId}`;
      await recordEvent(db, { at, type: 'session.closed', subject, actor: subject, data: {} });
    }
    cookies.clear(c, SESSION_COOKIE);
    return c.redirect('/signed-out', 303);
  });

  routes.get('/signed-out', (c) => {
    const texts = textsFor(c).signIn;
    return respond(c, { title: texts.signedOut.title }, <SignedOut texts={texts} />);
  });
  return routes;
};

const postedResponse = async (c: AppContext): Promise<string> => {
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) throw new AkashiError('bad-request');
  const response = new URLSearchParams(await c.req.text()).get('SAMLResponse');
  if (response === null) throw new AkashiError('bad-request');
  return response;
};
