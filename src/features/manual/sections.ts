import type { Token } from 'marked';
import { marked } from 'marked';

/** A numbered piece of the manual: what stands under one heading of the second or third level. */
export type Section = {
  /** Fragment of the address; the same in every language. Empty for what stands before the first heading. */
  readonly anchor: string;
  readonly level: 2 | 3;
  readonly title: string;
  /** The section's body, without its heading. */
  readonly html: string;
  /** The body as people read it. */
  readonly text: string;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Tags inside a sentence leave nothing behind: Japanese is searched across them. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<\/?(?:a|code|em|strong)\b[^>]*>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/\s+/g, ' ')
    .trim();

const anchorOf = (title: string): string => {
  const number = /^\d+(?:\.\d+)*/.exec(title)?.[0];
  return number === undefined ? 'revision-history' : `section-${number.replaceAll('.', '-')}`;
};

/** The sections of a manual written in Markdown, in its order; headings of a deeper level stay in the body. */
export const sectionsOf = (markdown: string): readonly Section[] => {
  const sections: { level: 2 | 3; title: string; tokens: Token[] }[] = [{ level: 2, title: '', tokens: [] }];
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading' && (token.depth === 2 || token.depth === 3)) {
      sections.push({ level: token.depth, title: token.text, tokens: [] });
    } else {
      sections.at(-1)?.tokens.push(token);
    }
  }
  return sections.map(({ level, title, tokens }) => {
    const html = marked.parser(tokens);
    return { anchor: title === '' ? '' : anchorOf(title), level, title, html, text: textOf(html) };
  });
};
