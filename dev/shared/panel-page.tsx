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

type HeadProps = {
  readonly code: string;
  readonly name: string;
  readonly language: string;
  readonly switchTo: string;
};

/** The machine's name, and the button for the other language. */
export const PanelHead = ({ code, name, language, switchTo }: HeadProps) => (
  <header>
    <h1>{name}</h1>
    <form method="post" action={`/${code}/language`}>
      <button type="submit" class="quiet" lang={language === 'ja' ? 'en' : 'ja'}>
        {switchTo}
      </button>
    </form>
  </header>
);

type TrayProps = {
  readonly code: string;
  readonly sheets: readonly { readonly faint?: boolean }[];
  readonly words: {
    readonly tray: string;
    readonly empty: string;
    readonly take: string;
    readonly sheet: (number: number) => string;
  };
};

/** What lies in the tray, each sheet as a picture, until it is taken. */
export const PanelTray = ({ code, sheets, words }: TrayProps) => (
  <section class="tray" aria-labelledby="tray">
    <h2 id="tray">{words.tray}</h2>
    {sheets.length === 0 ? (
      <p>{words.empty}</p>
    ) : (
      <>
        <ol>
          {sheets.map((sheet, index) => (
            <li key={index}>
              <a href={`/${code}/tray/${index + 1}`} class={sheet.faint === true ? 'faint' : ''}>
                <img src={`/${code}/tray/${index + 1}`} alt={words.sheet(index + 1)} />
              </a>
            </li>
          ))}
        </ol>
        <form method="post" action={`/${code}/take`}>
          <button type="submit" class="quiet">
            {words.take}
          </button>
        </form>
      </>
    )}
  </section>
);

type TroubleProps<Trouble extends string> = {
  readonly now: Trouble;
  readonly troubles: readonly Trouble[];
  readonly words: { readonly trouble: string; readonly troubles: Readonly<Record<Trouble, string>> };
};

/** Which fault the machine is to have. */
export const TroubleChoice = <Trouble extends string>({ now, troubles, words }: TroubleProps<Trouble>) => (
  <fieldset>
    <legend>{words.trouble}</legend>
    {troubles.map((trouble) => (
      <label key={trouble}>
        <input type="radio" name="trouble" value={trouble} checked={now === trouble} />
        {words.troubles[trouble]}
      </label>
    ))}
  </fieldset>
);
