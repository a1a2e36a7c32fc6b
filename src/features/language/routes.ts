import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes, readForm } from '#features/http.tsx';
import type { Language } from '#platform/i18n/language.ts';
import { isLanguage } from '#platform/i18n/language.ts';

export type LanguageDependencies = {
  /** Keeps the choice in this browser. */
  readonly remember: (c: AppContext, language: Language) => void;
  /** Keeps it in the account too, where somebody is signed in, so that mails follow it. */
  readonly save: (c: AppContext, language: Language) => Promise<void>;
};

/** Only paths of our own: the form's field comes from a page, but anybody can post it. */
const localPath = (path: string): string => (/^\/(?![/\\])[^\s\\]*$/.test(path) ? path : '/');

/** Manual 2.4: the choice holds on all following pages. */
export const createLanguageRoutes = ({ remember, save }: LanguageDependencies): Routes => {
  const routes = createRoutes();
  routes.post('/language', async (c) => {
    const form = await readForm(c);
    const language = form.get('language');
    if (isLanguage(language)) {
      remember(c, language);
      await save(c, language);
    }
    return c.redirect(localPath(form.get('return')), 303);
  });
  return routes;
};
