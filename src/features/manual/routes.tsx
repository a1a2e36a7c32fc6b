import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Routes } from '#features/http.tsx';
import { createRoutes, respond, textsFor } from '#features/http.tsx';
import { configuredLanguage } from '#platform/i18n/language.ts';
import { searchSections } from './search.ts';
import { sectionsOf } from './sections.ts';
import { FindingsPage, ManualPage } from './views/manual-page.tsx';

export type ManualDependencies = {
  /** Holds `ja/manual.md` and `en/manual.md`. */
  readonly folder: string;
};

/** Longer queries than anybody types are cut, so that a search costs little. */
const LONGEST_QUERY = 100;

/** The operating manual, open before login (manual 3.1), and its search. */
export const createManualRoutes = ({ folder }: ManualDependencies): Routes => {
  const read = (language: 'ja' | 'en') =>
    sectionsOf(readFileSync(join(folder, language, 'manual.md'), 'utf8'));
  const manuals = { ja: read('ja'), en: read('en') };
  const routes = createRoutes();
  routes.get('/manual', (c) => {
    const texts = textsFor(c);
    const sections = manuals[configuredLanguage(c.get('language'))];
    const query = (c.req.query('q') ?? '').trim().slice(0, LONGEST_QUERY);
    const content =
      query === '' ? (
        <ManualPage texts={texts.manual} sections={sections} />
      ) : (
        <FindingsPage texts={texts.manual} query={query} findings={searchSections(sections, query)} />
      );
    const lang = configuredLanguage(c.get('language'));
    return respond(c, { title: texts.frame.footer.manual }, <div lang={lang}>{content}</div>);
  });
  return routes;
};
