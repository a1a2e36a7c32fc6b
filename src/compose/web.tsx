import { randomBytes } from 'node:crypto';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Context, Hono } from 'hono';
import type { AkashiError } from '#domain/error.ts';
import { ERROR_STATUS } from '#domain/error.ts';
import { lastGraduation } from '#domain/person/person.ts';
import { contactFor } from '#domain/university/contact.ts';
import { createCorrectionRoutes } from '#features/corrections/index.ts';
import { createApplicantRoutes, createRecipientRoutes } from '#features/delivery/index.ts';
import type { AppContext, AppEnv } from '#features/http.tsx';
import { respond, textsFor } from '#features/http.tsx';
import { createInformationRoutes } from '#features/information/index.ts';
import { createLanguageRoutes } from '#features/language/index.ts';
import {
  addressNotice,
  createMailAddressRoutes,
  requireVerifiedAddress,
} from '#features/mail-address/index.ts';
import { createManualRoutes } from '#features/manual/index.ts';
import { confirmationPath, createOrderingRoutes } from '#features/ordering/index.ts';
import { createPaymentRoutes } from '#features/payment/index.ts';
import { createCopierGateway, createPrintingRoutes } from '#features/printing/index.ts';
import { findPersonByPrincipal, readPersonRegister } from '#features/register/index.ts';
import {
  createSecurityRoutes,
  createSignInRoutes,
  currentSession,
  saveLanguage,
  sessionMiddleware,
  signInPath,
} from '#features/sign-in/index.ts';
import { createTermsRoutes, requireTerms } from '#features/terms/index.ts';
import { createLogRoutes } from '#features/transparency-log/index.ts';
import { createVerificationRoutes } from '#features/verification/index.ts';
import { configuredLanguage, nameIn } from '#platform/i18n/language.ts';
import { buildAssets } from '#platform/web/assets.ts';
import { compressPublic } from '#platform/web/compress.ts';
import { openCookieJar } from '#platform/web/cookies.ts';
import { createShell, hasRoute, refuseTheRest } from '#platform/web/shell.ts';
import { createThrottle } from '#platform/web/throttle.ts';
import { ErrorPage } from '#ui/error-page.tsx';
import { ICON_PATH, ICON_SVG } from '#ui/icon.ts';
import { createDresser, LANGUAGE_COOKIE } from './frame.ts';
import { footerLinks, menuLinks } from './menu.ts';
import type { Parts } from './parts.ts';
import type { Platform } from './platform.ts';

const LARGEST_BODY = 256 * 1024;
const VERIFICATION_MODULES = ['verification/main.tsx', 'verification/offline-worker.ts'];
const YEAR = 365 * 24 * 3600;
/** Posts that come from elsewhere and prove themselves: the campus's answer, a payment company, a copier. */
const MACHINE_PATHS = ['/saml/acs', '/payment/webhooks/', '/copier/'];

/** The pages a request may belong to, to come back to: of a form its own page, of an act upon an order that order's. */
const pagesOf = ({ req }: Context<AppEnv>): string[] =>
  req.method === 'GET'
    ? [`${req.path}${new URL(req.url).search}`]
    : [req.path, req.path.replace(/^(\/orders\/[^/]+)\/.*$/, '$1')];

/** A refusal as a page for a person, with the way `back` after signing in, or as problem details (RFC 9457) for a machine. */
const refuse = (c: Context<AppEnv>, error: AkashiError, back: string | undefined): Response => {
  const requestId = c.get('requestId');
  const status = ERROR_STATUS[error.code];
  if (c.req.path.startsWith('/copier/') || c.req.path.startsWith('/payment/webhooks/')) {
    const problem = { type: 'about:blank', title: error.code, status, requestId };
    return c.body(JSON.stringify(problem), status, { 'Content-Type': 'application/problem+json' });
  }
  const texts = textsFor(c as AppContext);
  return respond(
    c as AppContext,
    { title: texts.errors.codes[error.code].title, status },
    <ErrorPage
      texts={texts}
      code={error.code}
      requestId={requestId}
      signIn={signInPath(back === undefined ? {} : { returnTo: back })}
      again={back ?? null}
    />,
  );
};

/** The whole web: the shell, what every request carries, then the features. */
export const composeWeb = async (platform: Platform, parts: Parts): Promise<Hono<AppEnv>> => {
  const { db, clock, log, environment, university, serviceProvider } = platform;
  const { baseUrl } = environment;
  const cookies = openCookieJar(baseUrl);
  const source = resolve(import.meta.dirname, '..');
  const client = resolve(source, 'client');
  const assets = await buildAssets({
    stylesheet: resolve(source, 'ui/styles/main.css'),
    folder: client,
    modules: [...globSync('*.ts', { cwd: client }), ...VERIFICATION_MODULES],
  });
  const contact = contactFor(university.contacts, 'operation');
  const dress = createDresser({
    cookies,
    assets,
    universityName: { ja: university.nameJa, en: university.nameEn },
    menu: menuLinks,
    footer: footerLinks,
    contact: (language) =>
      contact === undefined
        ? null
        : {
            name: nameIn(contact, language),
            telephone: contact.telephone,
            hours: contact.hours[configuredLanguage(language)],
          },
  });
  const app: Hono<AppEnv> = createShell<AppEnv['Variables']>({
    log,
    baseUrl,
    machinePaths: MACHINE_PATHS,
    maximumBodyBytes: LARGEST_BODY,
    refuse: (c, error) => {
      if (c.get('frame') === undefined) dress(c);
      const back = pagesOf(c).find((page) => hasRoute(app, 'GET', page.split('?')[0] ?? ''));
      return refuse(c, error, back);
    },
  });
  app.route('/', assets.routes);
  app.get(ICON_PATH, (c) => {
    c.header('Cache-Control', 'public, max-age=86400');
    return c.body(ICON_SVG, 200, { 'Content-Type': 'image/svg+xml' });
  });
  // Copiers have no session, and read what they are answered as it is.
  app.route('/', createCopierGateway(parts.printing));
  app.use(sessionMiddleware(db, clock, cookies));
  // Whoever is not signed in is shown nothing that they could not ask for themselves.
  app.use(compressPublic((c) => currentSession(c as AppContext) === null));
  app.use(async (c, next) => {
    dress(c);
    await next();
  });
  app.route(
    '/',
    createSignInRoutes({
      db,
      clock,
      cookies,
      serviceProvider,
      freshAfterLogOut: university.signIn.freshAfterLogOut,
      officeMail: (contactFor(university.contacts, 'account') ?? contact)?.mail ?? null,
      findPerson: (over, { studentNumbers, principalName }) =>
        findPersonByPrincipal(over, { studentNumbers, eppn: principalName }),
    }),
  );
  app.route(
    '/',
    createLanguageRoutes({
      remember: (c, language) => cookies.set(c, LANGUAGE_COOKIE, language, { maxAgeSeconds: YEAR }),
      save: async (c, language) => {
        const session = currentSession(c);
        if (session !== null) await saveLanguage(db, session.accountId, language);
      },
    }),
  );
  app.route('/', createInformationRoutes({ clock, ...university }));
  app.route('/', createManualRoutes({ folder: resolve(source, '../manual') }));
  app.route(
    '/',
    createVerificationRoutes({
      db,
      clock,
      assets,
      publishedKeys: parts.publishedKeys,
      host: parts.verificationHost,
      certificateTypes: university.certificateTypes,
      allowTyped: createThrottle(clock, 10, { minutes: 1 }),
      allowRecords: createThrottle(clock, 60, { minutes: 1 }),
    }),
  );
  app.route('/', createLogRoutes({ db, hasWitness: parts.transparency.witnessKey !== null }));
  app.route('/', createRecipientRoutes(parts.delivery));
  app.route('/', createTermsRoutes({ db, clock, terms: university.legal.terms }));
  app.use(requireTerms(university.legal.terms.version));
  app.use(requireVerifiedAddress);
  app.route('/', createSecurityRoutes({ db, clock }));
  app.route(
    '/',
    createMailAddressRoutes({
      db,
      clock,
      cookies,
      random: randomBytes,
      baseUrl,
      contacts: university.contacts,
      campusNetworks: university.campusNetworks,
      offersSmtpUtf8: parts.mail.offersSmtpUtf8,
      wait: setTimeout,
    }),
  );
  const notice = addressNotice({
    clock,
    campusDomain: university.scope,
    expectedGraduation: async (personId) => lastGraduation(await readPersonRegister(db, personId)),
  });
  for (const path of ['/order/destination', '/orders']) app.use(path, notice);
  app.route('/', createCorrectionRoutes({ db, clock, cookies, randomBytes, backPath: confirmationPath() }));
  app.route('/', createOrderingRoutes(parts.ordering));
  app.route('/', createPaymentRoutes(parts.payment));
  app.route('/', createPrintingRoutes(parts.printing));
  app.route('/', createApplicantRoutes(parts.delivery));
  refuseTheRest(app);
  return app;
};
