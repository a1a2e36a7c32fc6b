import type { LegalPage } from '#domain/university/university.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes, readForm, respond, textsFor } from '#features/http.tsx';
import { requireSession, safeReturn } from '#features/sign-in/index.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import { agreeToTerms } from './agree-to-terms.ts';
import { termsPath } from './paths.ts';
import { TermsPage } from './views/terms-page.tsx';

export type TermsDependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly terms: LegalPage;
};

/** Consent to the terms of use, asked at the first login and again when they change. */
export const createTermsRoutes = (dependencies: TermsDependencies): Routes => {
  const { terms } = dependencies;
  const routes = createRoutes();
  const show = (c: AppContext, returnTo: string, problem: boolean): Response => {
    const texts = textsFor(c);
    const before = requireSession(c).termsVersion;
    const page = { title: texts.terms.title, status: problem ? 422 : 200 } as const;
    const props = { texts, language: c.get('language'), terms, returnTo, problem };
    return respond(c, page, <TermsPage {...props} changed={before !== null && before !== terms.version} />);
  };
  routes.get(termsPath(), (c) => show(c, safeReturn(c.req.query('return')), false));
  routes.post(termsPath(), async (c) => {
    const { accountId } = requireSession(c);
    const form = await readForm(c);
    const returnTo = safeReturn(form.get('return'));
    // The version they read, not merely the newest: a page left open over a change asks again.
    if (form.get('agree') !== terms.version) return show(c, returnTo, true);
    const language = configuredLanguage(c.get('language'));
    await agreeToTerms(dependencies, { accountId, version: terms.version, language });
    return c.redirect(returnTo, 303);
  });
  return routes;
};
