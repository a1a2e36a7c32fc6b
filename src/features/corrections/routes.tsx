import type { AppContext, PostedForm, Routes } from '#features/http.tsx';
import { createRoutes, respond, textsFor } from '#features/http.tsx';
import { readSignedInForm, requireSession, takeKeptForm } from '#features/sign-in/index.ts';
import type { CookieJar } from '#platform/web/cookies.ts';
import type { FieldProblem } from '#ui/components/field-frame.tsx';
import { CORRECTION_MATTERS } from './corrections-store.ts';
import { correctionDonePath, correctionPath } from './paths.ts';
import type { CorrectionDependencies } from './request-correction.ts';
import { requestCorrection } from './request-correction.ts';
import { CorrectionDonePage, CorrectionPage, LONGEST_DETAILS } from './views/correction-page.tsx';

const FORM = 'correction';

type Typed = { readonly matter: string; readonly details: string };
const typedIn = (form: PostedForm): Typed => ({
  matter: form.get('matter'),
  details: form.get('details').replaceAll('\r\n', '\n'),
});

/** Something is wrong (内容が違う): says so to the office and keeps the draft. */
export const createCorrectionRoutes = (
  dependencies: CorrectionDependencies & {
    readonly cookies: CookieJar;
    /** Where the draft waits. */
    readonly backPath: string;
  },
): Routes => {
  const { cookies, backPath: back } = dependencies;
  const routes = createRoutes();
  const show = (c: AppContext, typed: Typed, problems: FieldProblem[]) => {
    const { accountId } = requireSession(c);
    const all = textsFor(c);
    const page = { title: all.corrections.title, status: problems.length === 0 ? 200 : 422 } as const;
    return respond(c, page, <CorrectionPage {...{ all, accountId, typed, problems, back }} />);
  };
  routes.get(correctionPath(), (c) => {
    const kept = takeKeptForm(cookies, c, FORM);
    return show(c, kept === null ? { matter: '', details: '' } : typedIn(kept), []);
  });
  routes.post(correctionPath(), async (c) => {
    const { session, form } = await readSignedInForm(cookies, c, FORM);
    const { accountId, personId } = session;
    const typed = typedIn(form);
    const matter = CORRECTION_MATTERS.find((known) => known === typed.matter);
    const details = typed.details.trim();
    const { errors } = textsFor(c).corrections;
    const problems: FieldProblem[] = [];
    if (matter === undefined) problems.push({ field: 'matter', message: errors.matter });
    // The database counts characters, a string UTF-16 units.
    if (details === '' || [...details].length > LONGEST_DETAILS)
      problems.push({ field: 'details', message: errors.details(LONGEST_DETAILS) });
    if (matter === undefined || problems.length > 0) return show(c, typed, problems);
    const language = c.get('language');
    const wanted = { accountId, personId, matter, details, language };
    return c.redirect(correctionDonePath(await requestCorrection(dependencies, wanted)), 303);
  });
  routes.get(correctionDonePath(':number{[0-9A-Z]{5}-[0-9A-Z]{5}}'), (c) => {
    requireSession(c);
    const all = textsFor(c);
    const requestNumber = c.req.param('number') ?? '';
    const view = <CorrectionDonePage all={all} requestNumber={requestNumber} back={back} />;
    return respond(c, { title: all.corrections.doneTitle }, view);
  });
  return routes;
};
