import type { ComponentChildren } from 'preact';

type PageProps = { readonly language: string; readonly title: string; readonly children: ComponentChildren };

/** A page of a machine that people touch. */
export const PanelPage = ({ language, title, children }: PageProps) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <link rel="stylesheet" href="/style.css" />
    </head>
    <body>{children}</body>
  </html>
);

type HomeProps = {
  readonly titleJa: string;
  readonly titleEn: string;
  readonly machines: readonly { code: string; theme: string; nameJa: string; nameEn: string }[];
};

/** Every machine by its name in both languages. */
export const PanelHome = ({ titleJa, titleEn, machines }: HomeProps) => (
  <PanelPage language="ja" title={`${titleJa} ${titleEn}`}>
    <main class="home">
      <h1>
        {titleJa} <span lang="en">{titleEn}</span>
      </h1>
      <ul>
        {machines.map(({ code, theme, nameJa, nameEn }) => (
          <li key={code}>
            <a class={`button theme-${theme}`} href={`/${code}`}>
              <strong>{nameJa}</strong> <span lang="en">{nameEn}</span>
            </a>
          </li>
        ))}
      </ul>
    </main>
  </PanelPage>
);
