import type { Widen } from '../catalog.ts';
import type { manual as source } from '../ja/manual.ts';

export const manual = {
  contents: 'Table of contents',
  search: 'Search the manual',
  hint: 'For example: mail address, print',
  button: 'Search',
  found: (count, query) => `${count} ${count === 1 ? 'section' : 'sections'} found for “${query}”.`,
  none: (query) => `Nothing was found for “${query}”. Try a shorter word, or look in the table of contents.`,
  all: 'Show the whole manual',
} satisfies Widen<typeof source>;
