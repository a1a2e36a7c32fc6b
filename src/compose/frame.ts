import type { Context } from 'hono';
import type { AppEnv } from '#features/http.tsx';
import type { Session } from '#features/sign-in/index.ts';
import { currentSession } from '#features/sign-in/index.ts';
import { messagesFor } from '#messages/messages.ts';
import type { ConfiguredLanguage, Language } from '#platform/i18n/language.ts';
import { configuredLanguage, isLanguage, negotiateLanguage } from '#platform/i18n/language.ts';
import type { Assets } from '#platform/web/assets.ts';
import type { CookieJar } from '#platform/web/cookies.ts';
import type { Frame } from '#ui/layout.tsx';

export const LANGUAGE_COOKIE = 'akashi-language';

/** The reader's language: what they chose, else what their account says, else what their browser asks for. */
const languageOf = (c: Context<AppEnv>, cookies: CookieJar): Language => {
  const chosen = cookies.get(c, LANGUAGE_COOKIE);
  const account = currentSession(c)?.language;
  if (isLanguage(chosen)) return chosen;
  return isLanguage(account) ? account : negotiateLanguage(c.req.header('accept-language'));
};

type Surroundings = {
  readonly cookies: CookieJar;
  readonly assets: Assets;
  readonly universityName: Readonly<Record<ConfiguredLanguage, string>>;
  readonly menu: (language: Language, session: Session) => Frame['menu'];
  readonly footer: (language: Language) => Frame['footer'];
  readonly contact: (language: Language) => Frame['contact'];
};

/**
 * Puts language and page frame on a request: who we are, where the reader is, and the menu of somebody signed in. Also
 * for a request that is refused before anybody knows whose it is.
 */
export const createDresser =
  ({
    cookies,
    assets,
    universityName,
    menu,
    footer,
    contact,
  }: Surroundings): ((c: Context<AppEnv>) => void) =>
  (c) => {
    const language = languageOf(c, cookies);
    c.set('language', language);
    const session = currentSession(c);
    const url = new URL(c.req.url);
    c.set('frame', {
      language,
      texts: messagesFor(language),
      universityName: universityName[configuredLanguage(language)],
      path: c.req.method === 'GET' ? `${url.pathname}${url.search}` : '/',
      stylesheet: assets.stylesheet,
      scripts: assets.scripts,
      menu: session === null ? [] : menu(language, session),
      footer: footer(language),
      contact: contact(language),
    });
  };
