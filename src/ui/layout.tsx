import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import type { Catalog } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';
import { LANGUAGES } from '#platform/i18n/language.ts';
import { Mark } from './components/mark.tsx';
import { StepLine } from './components/step-line.tsx';

export type Link = { readonly href: string; readonly label: string };

/** What surrounds every page, made once a request by the composition root. */
export type Frame = {
  readonly language: Language;
  readonly texts: Catalog;
  readonly universityName: string;
  /** Where the language form returns to. */
  readonly path: string;
  readonly stylesheet: string;
  /** Module name → URL of its bundled file. */
  readonly scripts: ReadonlyMap<string, string>;
  /** Entries of the ⚙ menu; empty where nobody is signed in. `post` entries are buttons. */
  readonly menu: readonly (Link & { readonly post?: boolean })[];
  readonly footer: readonly Link[];
  readonly contact: { readonly name: string; readonly telephone: string; readonly hours: string } | null;
};

export type PageHead = {
  readonly title: string;
  readonly step?: { readonly now: number; readonly of: number; readonly name: string };
  readonly scripts?: readonly string[];
};

const LanguageForm = ({ frame }: { frame: Frame }) => (
  <form class="language-form" method="post" action="/language">
    <input type="hidden" name="return" value={frame.path} />
    <label class="visually-hidden" for="language">
      {frame.texts.frame.language}
    </label>
    <select id="language" name="language">
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <option key={code} value={code} lang={code} selected={code === frame.language}>
          {name}
        </option>
      ))}
    </select>
    <button type="submit">{frame.texts.frame.changeLanguage}</button>
  </form>
);

const Menu = ({ frame }: { frame: Frame }) =>
  frame.menu.length === 0 ? null : (
    <details class="menu">
      <summary>
        <span aria-hidden="true">⚙</span>
        <span class="visually-hidden">{frame.texts.frame.menu}</span>
      </summary>
      <ul>
        {frame.menu.map(({ href, label, post }) => (
          <li key={href}>
            {post === true ? (
              <form method="post" action={href}>
                <button type="submit">{label}</button>
              </form>
            ) : (
              <a href={href}>{label}</a>
            )}
          </li>
        ))}
      </ul>
    </details>
  );

const Header = ({ frame }: { frame: Frame }) => (
  <header class="site-header">
    <div class="site-bar">
      <a class="site-name" href="/">
        <Mark />
        <span>
          <small>{frame.universityName}</small>
          <strong>{frame.texts.frame.service}</strong>
        </span>
      </a>
      <LanguageForm frame={frame} />
      <Menu frame={frame} />
    </div>
  </header>
);

const Footer = ({ frame }: { frame: Frame }) => (
  <footer class="site-footer">
    <div>
      {frame.contact === null ? null : (
        <address class="footer-contact">
          <p>{frame.contact.name}</p>
          <a class="telephone" href={`tel:${frame.contact.telephone}`}>
            {frame.contact.telephone}
          </a>
          <p>{frame.contact.hours}</p>
        </address>
      )}
      <ul>
        {frame.footer.map(({ href, label }) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </div>
  </footer>
);

const scriptsOf = (frame: Frame, head: PageHead): string[] =>
  ['language', 'frame', ...(head.scripts ?? [])].flatMap((name) => frame.scripts.get(name) ?? []);

const Layout = ({ frame, head, content }: { frame: Frame; head: PageHead; content: VNode }) => (
  <html lang={frame.language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${head.title} | ${frame.texts.frame.service} ${frame.universityName}`}</title>
      <link rel="stylesheet" href={frame.stylesheet} />
      {scriptsOf(frame, head).map((source) => (
        <script key={source} type="module" src={source} />
      ))}
    </head>
    <body>
      <a class="skip" href="#content">
        {frame.texts.frame.skipToContent}
      </a>
      <Header frame={frame} />
      <main id="content" tabIndex={-1}>
        {head.step === undefined ? null : (
          <StepLine
            text={frame.texts.frame.step(head.step.now, head.step.of, head.step.name)}
            now={head.step.now}
            of={head.step.of}
          />
        )}
        <h1>{head.title}</h1>
        {content}
      </main>
      <Footer frame={frame} />
    </body>
  </html>
);

/** A complete HTML document; every text in it is escaped by the renderer. */
export const renderPage = (frame: Frame, head: PageHead, content: VNode): string =>
  `<!doctype html>${render(<Layout frame={frame} head={head} content={content} />)}`;
