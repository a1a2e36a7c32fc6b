import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked } from 'marked';
import type { Routes } from '#features/http.tsx';
import { createRoutes, respond, textsFor } from '#features/http.tsx';

export type ManualDependencies = {
  /** Holds `ja/manual.md` and `en/manual.md`. */
  readonly folder: string;
};

/** The operating manual, open before login (manual 3.1). */
export const createManualRoutes = ({ folder }: ManualDependencies): Routes => {
  const read = (language: 'ja' | 'en'): string =>
    marked.parse(readFileSync(join(folder, language, 'manual.md'), 'utf8'), { async: false });
  const pages = { ja: read('ja'), en: read('en') };
  const routes = createRoutes();
  routes.get('/manual', (c) =>
    respond(
      c,
      { title: textsFor(c).frame.footer.manual },
      <div class="stack" dangerouslySetInnerHTML={{ __html: pages[c.get('language')] }} />,
    ),
  );
  return routes;
};
