import { AkashiError, ERROR_STATUS } from '#domain/error.ts';
import type { AppContext, Routes } from '#features/http.tsx';
import { createRoutes } from '#features/http.tsx';
import { messagesFor } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';

/** An app whose requests carry what the web shell puts on every one; a refusal is answered by its status and code. */
export const dressedApp = (
  language: Language,
  sessionOf: (c: AppContext) => unknown = () => null,
): Routes => {
  const app = createRoutes();
  app.use(async (c, next) => {
    c.set('language', language);
    c.set('session', await sessionOf(c));
    c.set('frame', {
      language,
      texts: messagesFor(language),
      universityName: '',
      path: '/',
      stylesheet: '',
      scripts: new Map(),
      menu: [],
      footer: [],
      contact: null,
    });
    await next();
  });
  app.onError((error, c) =>
    c.text(error.message, error instanceof AkashiError ? ERROR_STATUS[error.code] : 500),
  );
  return app;
};
