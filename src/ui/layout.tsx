import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import type { Catalog } from '#messages/messages.ts';
import type { Language } from '#platform/i18n/language.ts';
import { LANGUAGES } from '#platform/i18n/language.ts';

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

const Layout = ({ frame, head, content }: { frame: Frame; head: PageHead; content: VNode }) => (
  <html lang={frame.language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${head.title} | ${frame.texts.frame.service} ${frame.universityName}`}</title>
      <link rel="stylesheet" href={frame.stylesheet} />
    </head>
    <body>
      <main id="content">
        <h1>{head.title}</h1>
        {content}
      </main>
      <p>{Object.values(LANGUAGES).join(' / ')}</p>
    </body>
  </html>
);

/** A complete HTML document; every text in it is escaped by the renderer. */
export const renderPage = (frame: Frame, head: PageHead, content: VNode): string =>
  `<!doctype html>${render(<Layout frame={frame} head={head} content={content} />)}`;
