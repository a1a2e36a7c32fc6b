import type { Section } from './sections.ts';

export type Finding = { readonly section: Section; readonly excerpt: string };

/** Characters of an excerpt before and after the word it was found by. */
const AROUND = 60;

/** Full-width and half-width, capital and small letters are the same to somebody who searches. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

const excerptOf = (text: string, word: string): string => {
  const at = Math.max(fold(text).indexOf(word), 0);
  const from = Math.max(at - AROUND, 0);
  const to = Math.min(at + word.length + AROUND, text.length);
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
};

/** The sections that hold every word of the query, those with a word in their title first. */
export const searchSections = (sections: readonly Section[], query: string): readonly Finding[] => {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [];
  const inTitle = (section: Section): boolean => words.some((word) => fold(section.title).includes(word));
  const found = sections.filter((section) => {
    const whole = fold(`${section.title} ${section.text}`);
    return section.title !== '' && words.every((word) => whole.includes(word));
  });
  return [...found.filter(inTitle), ...found.filter((section) => !inTitle(section))].map((section) => ({
    section,
    excerpt: excerptOf(section.text, first),
  }));
};
