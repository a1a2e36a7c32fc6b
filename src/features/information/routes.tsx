import type { Calendar } from '#domain/calendar/calendar.ts';
import { AkashiError } from '#domain/error.ts';
import type { Contact } from '#domain/university/contact.ts';
import type { LegalPage, LegalPageName, Notice, Retention } from '#domain/university/university.ts';
import type { Routes } from '#features/http.tsx';
import { createRoutes, respond, textsFor } from '#features/http.tsx';
import type { Clock } from '#platform/clock.ts';
import { configuredLanguage } from '#platform/i18n/language.ts';
import { BrowsersPage, InquiriesPage, LegalText } from './views/information-pages.tsx';
import { StartPage } from './views/start-page.tsx';

/** So many closures of the office are told beforehand. */
const CLOSURES = 3;

export type InformationDependencies = {
  readonly clock: Clock;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly calendar: Calendar;
  readonly contacts: readonly Contact[];
  readonly notices: readonly Notice[];
  readonly legal: Readonly<Record<LegalPageName, LegalPage>>;
  readonly retention: readonly Retention[];
};

/** The start page and the pages that inform; all are open to everybody. */
export const createInformationRoutes = ({
  clock,
  nameJa,
  nameEn,
  calendar,
  contacts,
  notices,
  legal,
  retention,
}: InformationDependencies): Routes => {
  const routes = createRoutes();
  routes.get('/', (c) => {
    const now = clock.now();
    const current = notices.filter(
      ({ from, until }) =>
        Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, until) < 0,
    );
    const today = now.toZonedDateTimeISO('Asia/Tokyo').toPlainDate();
    const state = {
      universityName: { ja: nameJa, en: nameEn },
      notices: current,
      maintenance: calendar.maintenance
        .filter(({ until }) => Temporal.Instant.compare(now, until) < 0)
        .toSorted((a, b) => Temporal.Instant.compare(a.from, b.from)),
      closures: calendar.closures
        .filter(({ until }) => Temporal.PlainDate.compare(today, until) <= 0)
        .toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))
        .slice(0, CLOSURES),
      now,
    };
    const texts = textsFor(c);
    const view = <StartPage texts={texts} language={c.get('language')} state={state} />;
    return respond(c, { title: texts.information.start.title }, view);
  });
  routes.get('/inquiries', (c) => {
    const texts = textsFor(c);
    const view = <InquiriesPage texts={texts} language={c.get('language')} contacts={contacts} />;
    return respond(c, { title: texts.information.inquiries.title }, view);
  });
  routes.get('/browsers', (c) => {
    const texts = textsFor(c);
    const view = <BrowsersPage texts={texts} language={c.get('language')} />;
    return respond(c, { title: texts.information.browsers.title }, view);
  });
  routes.get('/legal/commercial', (c) => c.redirect('/legal/commercial-transactions', 301));
  routes.get('/legal/:page', (c) => {
    const name = c.req.param('page');
    if (!Object.hasOwn(legal, name)) throw new AkashiError('not-found');
    const page = legal[name as LegalPageName];
    const language = c.get('language');
    return respond(
      c,
      { title: page.title[configuredLanguage(language)] },
      <LegalText
        texts={textsFor(c)}
        page={page}
        language={language}
        retention={name === 'privacy' ? retention : []}
      />,
    );
  });
  return routes;
};
