import { AkashiError } from '#domain/error.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes, respond, textsFor } from '#features/http.tsx';
import { isLanguage } from '#platform/i18n/language.ts';
import type { CookieJar } from '#platform/web/cookies.ts';
import { providerOf } from './account-store.ts';
import { beginSignIn, safeReturn } from './begin-sign-in.ts';
import { closeSession } from './close-session.ts';
import type { SignInDependencies } from './complete-sign-in.ts';
import { completeSignIn } from './complete-sign-in.ts';
import * as paths from './paths.ts';
import { currentSession, SESSION_COOKIE } from './session.ts';
import { ChooseProvider } from './views/choose-provider.tsx';
import { SignedOut } from './views/signed-out.tsx';

const TRANSACTION_COOKIE = 'akashi-sign-in';
const LANGUAGE_COOKIE = 'akashi-language';
/** Says that somebody logged out in this browser; gone when it closes, as the campus's own session is. */
const LOGGED_OUT_COOKIE = 'akashi-logged-out';
const HOUR = 3600;

export type SignInRoutesDependencies = SignInDependencies & {
  readonly cookies: CookieJar;
  /** After Log out the campus is asked for a fresh login, so that the next person at this computer is asked. */
  readonly freshAfterLogOut: boolean;
};

/** Manual 2.2: a link leads to the campus sign-in, and its answer opens the session. */
export const createSignInRoutes = (dependencies: SignInRoutesDependencies): Routes => {
  const { db, cookies, serviceProvider } = dependencies;
  const { choices } = serviceProvider;
  const routes = createRoutes();

  routes.get(paths.metadataPath(), (c) =>
    c.body(serviceProvider.metadata(), 200, {
      'Content-Type': 'application/samlmetadata+xml; charset=utf-8',
    }),
  );

  /** The provider named in the address, that of the account to confirm, or the only one; null: ask the person. */
  const chosenProvider = async (c: AppContext, accountId: string | null): Promise<string | null> => {
    const named = c.req.query('provider') ?? (accountId === null ? null : await providerOf(db, accountId));
    if (named === null) return choices.length === 1 ? (choices[0]?.entityId ?? null) : null;
    if (!choices.some(({ entityId }) => entityId === named)) throw new AkashiError('not-found');
    return named;
  };

  routes.get(paths.signInPath(), async (c) => {
    const [fresh, strong] = [c.req.query('fresh') === '1', c.req.query('strong') === '1'];
    const returnTo = safeReturn(c.req.query('return'));
    const session = currentSession(c);
    if (session !== null && !fresh && (!strong || session.strong)) return c.redirect(returnTo, 303);
    const identityProvider = await chosenProvider(c, session?.accountId ?? null);
    if (identityProvider === null)
      return c.redirect(serviceProvider.discovery?.(returnTo) ?? paths.chooseProviderPath(returnTo), 303);
    const { url, token } = await beginSignIn(dependencies, {
      identityProvider,
      fresh: fresh || (dependencies.freshAfterLogOut && cookies.get(c, LOGGED_OUT_COOKIE) !== undefined),
      strong,
      session,
      returnTo,
      language: c.get('language'),
    });
    cookies.set(c, TRANSACTION_COOKIE, token, { sameSite: 'None', maxAgeSeconds: HOUR });
    return c.redirect(url, 303);
  });

  routes.get(paths.chooseProviderPath(), (c) => {
    const texts = textsFor(c).signIn.choose;
    const returnTo = safeReturn(c.req.query('return'));
    const view = (
      <ChooseProvider texts={texts} language={c.get('language')} choices={choices} returnTo={returnTo} />
    );
    return respond(c, { title: texts.title }, view);
  });

  /** Back from a discovery service (SAML Identity Provider Discovery §2.4.3); without a choice: on our own page. */
  routes.get(paths.discoveryPath(), (c) => {
    const returnTo = safeReturn(c.req.query('return'));
    const provider = c.req.query('entityID');
    if (provider === undefined) return c.redirect(paths.chooseProviderPath(returnTo), 303);
    return c.redirect(paths.signInPath({ provider, returnTo }), 303);
  });

  routes.post(paths.assertionPath(), async (c) => {
    const signedIn = await completeSignIn(dependencies, {
      response: await postedResponse(c),
      token: cookies.get(c, TRANSACTION_COOKIE),
      userAgent: c.req.header('user-agent') ?? '',
      previous: currentSession(c),
    });
    cookies.clear(c, TRANSACTION_COOKIE);
    cookies.clear(c, LOGGED_OUT_COOKIE);
    cookies.set(c, SESSION_COOKIE, signedIn.token);
    if (isLanguage(signedIn.language))
      cookies.set(c, LANGUAGE_COOKIE, signedIn.language, { maxAgeSeconds: 365 * 24 * HOUR });
    return c.redirect(signedIn.returnTo, 303);
  });

  routes.post(paths.signOutPath(), async (c) => {
    const session = currentSession(c);
    if (session !== null) await closeSession(dependencies, session, session.id);
    cookies.clear(c, SESSION_COOKIE);
    cookies.set(c, LOGGED_OUT_COOKIE, '1');
    return c.redirect(paths.signedOutPath(), 303);
  });

  routes.get(paths.signedOutPath(), (c) => {
    const texts = textsFor(c).signIn;
    return respond(c, { title: texts.signedOut.title }, <SignedOut texts={texts} />);
  });
  return routes;
};

const postedResponse = async (c: AppContext): Promise<string> => {
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) throw new AkashiError('bad-request');
  const responses = new URLSearchParams(await c.req.text()).getAll('SAMLResponse');
  if (responses.length !== 1 || responses[0] === undefined) throw new AkashiError('bad-request');
  return responses[0];
};
