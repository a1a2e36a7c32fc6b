import type { Catalog } from '#messages/catalog.ts';
import type { Finding } from '../search.ts';
import type { Section } from '../sections.ts';

type Texts = Catalog['manual'];

const SearchForm = ({ texts, query }: { texts: Texts; query: string }) => (
  <search>
    <form class="manual-search" method="get" action="/manual">
      <div class="field">
        <label class="field__label" for="manual-query">
          {texts.search}
        </label>
        <span class="field__hint" id="manual-hint">
          {texts.hint}
        </span>
        <input
          class="field__input"
          type="search"
          id="manual-query"
          name="q"
          maxLength={100}
          value={query}
          aria-describedby="manual-hint"
        />
      </div>
      <button class="button button--secondary" type="submit">
        {texts.button}
      </button>
    </form>
  </search>
);

const Contents = ({ texts, sections }: { texts: Texts; sections: readonly Section[] }) => (
  <nav class="manual-contents" aria-labelledby="manual-contents">
    <h2 id="manual-contents">{texts.contents}</h2>
    <ul>
      {sections.map(({ anchor, level, title }) => (
        <li key={anchor} class={`manual-contents__level-${level}`}>
          <a href={`#${anchor}`}>{title}</a>
        </li>
      ))}
    </ul>
  </nav>
);

const Body = ({ section: { anchor, level, title, html } }: { section: Section }) => (
  <section class="stack" aria-labelledby={anchor}>
    {level === 2 ? <h2 id={anchor}>{title}</h2> : <h3 id={anchor}>{title}</h3>}
    {html === '' ? null : <div class="stack" dangerouslySetInnerHTML={{ __html: html }} />}
  </section>
);

export const ManualPage = ({ texts, sections }: { texts: Texts; sections: readonly Section[] }) => {
  const titled = sections.filter(({ title }) => title !== '');
  const [cover] = sections.filter(({ title }) => title === '');
  return (
    <div class="manual">
      <SearchForm texts={texts} query="" />
      {cover === undefined ? null : <div class="stack" dangerouslySetInnerHTML={{ __html: cover.html }} />}
      <Contents texts={texts} sections={titled} />
      {titled.map((section) => (
        <Body key={section.anchor} section={section} />
      ))}
    </div>
  );
};

type FindingsProps = { texts: Texts; query: string; findings: readonly Finding[] };

export const FindingsPage = ({ texts, query, findings }: FindingsProps) => (
  <div class="manual">
    <SearchForm texts={texts} query={query} />
    <p>{findings.length === 0 ? texts.none(query) : texts.found(findings.length, query)}</p>
    <ul class="manual-findings">
      {findings.map(({ section, excerpt }) => (
        <li key={section.anchor}>
          <a href={`/manual#${section.anchor}`}>{section.title}</a>
          <p>{excerpt}</p>
        </li>
      ))}
    </ul>
    <p>
      <a href="/manual">{texts.all}</a>
    </p>
  </div>
);
