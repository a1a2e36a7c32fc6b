import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import type { Catalog } from '#messages/catalog.ts';
import type { Language } from '#platform/i18n/language.ts';
import { LANGUAGES } from '#platform/i18n/language.ts';
import { Mark } from './components/mark.tsx';
import { StepLine } from './components/step-line.tsx';
import { ICON_PATH } from './icon.ts';

export type Link = { readonly href: string; readonly label: string };

/** What surrounds every page, made once a request by the composition root. */
export type Frame = {
  readonly language: Language;
  readonly texts: Catalog;
  readonly universityName: string;
  /** Where the language form returns to. */
  readonly path: string;
  /** Set on pages that keep no cookie: the choice then travels as `?language=` of this path. */
  readonly languageInAddress?: string;
  readonly stylesheet: string;
  /** Module name → URL of its bundled file. */
  readonly scripts: ReadonlyMap<string, string>;
  /** Entries of the ⚙ menu; empty where nobody is signed in. `post` entries are buttons. */
  readonly menu: readonly (Link & { readonly post?: boolean })[];
  readonly footer: readonly Link[];
  /** What somebody signed in should know before anything else; `later` is a button that puts it off. */
  readonly notice?: { readonly text: string; readonly link: Link; readonly later?: Link };
  readonly contact: { readonly name: string; readonly telephone: string; readonly hours: string } | null;
};

export type PageHead = {
  readonly title: string;
  readonly step?: { readonly now: number; readonly of: number; readonly name: string };
  readonly scripts?: readonly string[];
  /** The page was opened again because of a mistake; its title says so first. */
  readonly failed?: boolean;
  /** Of a page that can be installed: the URL of its web application manifest. */
  readonly manifest?: string;
};

type Texts = Catalog['frame'];

/** Manual 2.4: the pull-down, on every page; the button makes it work without script. */
const LanguageForm = ({ frame, texts }: { frame: Frame; texts: Texts }) => (
  <form
    class="language"
    method={frame.languageInAddress === undefined ? 'post' : 'get'}
    action={frame.languageInAddress ?? '/language'}
  >
    {frame.languageInAddress === undefined ? <input type="hidden" name="return" value={frame.path} /> : null}
    <label class="visually-hidden" for="language">
      {texts.language}
    </label>
    <select id="language" name="language" autocomplete="off">
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <option key={code} value={code} lang={code} selected={code === frame.language}>
          {name}
        </option>
      ))}
    </select>
    <button type="submit">{texts.changeLanguage}</button>
  </form>
);

/** Manual 2.3: the menu at the top right, opened by keyboard and without script. */
const Menu = ({ frame, texts }: { frame: Frame; texts: Texts }) =>
  frame.menu.length === 0 ? null : (
    <details class="menu">
      <summary aria-label={texts.menu}>⚙</summary>
      <ul class="menu__list">
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

const Header = ({ frame, texts }: { frame: Frame; texts: Texts }) => (
  <header class="header">
    <div class="header__inner">
      <a class="brand" href="/">
        <Mark />
        <span>
          <span class="brand__university">{frame.universityName}</span>
          <span class="brand__service">{texts.service}</span>
        </span>
      </a>
      <div class="header__tools">
        <LanguageForm frame={frame} texts={texts} />
        <Menu frame={frame} texts={texts} />
      </div>
    </div>
  </header>
);

const Notice = ({ notice }: { notice: Frame['notice'] }) =>
  notice === undefined ? null : (
    <div class="notice frame-notice">
      <p>{notice.text}</p>
      <div class="actions">
        {notice.later === undefined ? null : (
          <form method="post" action={notice.later.href}>
            <button class="button button--link" type="submit">
              {notice.later.label}
            </button>
          </form>
        )}
        <a class="button button--secondary" href={notice.link.href}>
          {notice.link.label}
        </a>
      </div>
    </div>
  );

const Footer = ({ frame }: { frame: Frame }) => (
  <footer class="footer">
    <div class="footer__inner stack">
      {frame.contact === null ? null : (
        <p>
          {frame.contact.name}
          <br />
          <a class="footer__telephone" href={`tel:${frame.contact.telephone.replace(/[^+\d]/g, '')}`}>
            {frame.contact.telephone}
          </a>{' '}
          {frame.contact.hours}
        </p>
      )}
      <ul class="footer__links">
        {frame.footer.map(({ href, label }) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </div>
  </footer>
);

const Layout = ({ frame, head, content }: { frame: Frame; head: PageHead; content: VNode }) => {
  const texts = frame.texts.frame;
  const scripts = ['frame', ...(head.scripts ?? [])].flatMap((name) => frame.scripts.get(name) ?? []);
  return (
    <html lang={frame.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${head.failed === true ? texts.failedTitle : ''}${head.title} | ${texts.service} ${frame.universityName}`}</title>
        <link rel="icon" href={ICON_PATH} type="image/svg+xml" />
        {head.manifest === undefined ? null : <link rel="manifest" href={head.manifest} />}
        <link rel="stylesheet" href={frame.stylesheet} />
        {scripts.map((url) => (
          <script key={url} type="module" src={url} />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {texts.skipToContent}
        </a>
        <Header frame={frame} texts={texts} />
        <main class="main" id="content" tabIndex={-1}>
          <Notice notice={frame.notice} />
          {head.step === undefined ? null : (
            <StepLine
              now={head.step.now}
              of={head.step.of}
              text={texts.step(head.step.now, head.step.of, head.step.name)}
            />
          )}
          <h1>{head.title}</h1>
          {content}
        </main>
        <Footer frame={frame} />
      </body>
    </html>
  );
};

/** A complete HTML document; every text in it is escaped by the renderer. */
export const renderPage = (frame: Frame, head: PageHead, content: VNode): string =>
  `<!doctype html>${render(<Layout frame={frame} head={head} content={content} />)}`;
