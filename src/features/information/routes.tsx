import { AkashiError } from '#domain/error.ts';
import type { Contact, LegalPage, LegalPageName, Notice } from '#domain/university/university.ts';
import type { Routes } from '#features/http.tsx';
import { createRoutes, respond, textsFor } from '#features/http.tsx';
import type { Clock } from '#platform/clock.ts';
import { BrowsersView, InquiriesView, LegalView, StartView } from './views.tsx';

export type InformationDependencies = {
  readonly clock: Clock;
  readonly contacts: readonly Contact[];
  readonly notices: readonly Notice[];
  readonly legal: Readonly<Record<LegalPageName, LegalPage>>;
};

/** The start page and the pages that inform; all are open to everybody. */
export const createInformationRoutes = ({
  clock,
  contacts,
  notices,
  legal,
}: InformationDependencies): Routes => {
  const routes = createRoutes();
  routes.get('/', (c) => {
    const now = clock.now();
    const current = notices.filter(
      ({ from, until }) =>
        Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, until) < 0,
    );
    const texts = textsFor(c);
    const view = <StartView texts={texts} language={c.get('language')} notices={current} />;
    return respond(c, { title: texts.information.start.title }, view);
  });
  routes.get('/inquiries', (c) => {
    const texts = textsFor(c);
    const view = <InquiriesView texts={texts} language={c.get('language')} contacts={contacts} />;
    return respond(c, { title: texts.information.inquiries.title }, view);
  });
  routes.get('/browsers', (c) => {
    const texts = textsFor(c);
    return respond(c, { title: texts.information.browsers.title }, <BrowsersView texts={texts} />);
  });
  routes.get('/legal/commercial', (c) => c.redirect('/legal/commercial-transactions', 301));
  routes.get('/legal/:page', (c) => {
    const name = c.req.param('page');
    if (!Object.hasOwn(legal, name)) throw new AkashiError('not-found');
    const page = legal[name as LegalPageName];
    const language = c.get('language');
    return respond(
      c,
      { title: page.title[language] },
      <LegalView texts={textsFor(c)} page={page} language={language} />,
    );
  });
  return routes;
};
