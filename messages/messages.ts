import type { Widen } from './catalog.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';

export type Catalog = Widen<typeof ja>;

const catalogues: Readonly<Record<'ja' | 'en', Catalog>> = { ja, en };

/** Every text of the service in one language. */
export const messagesFor = (language: 'ja' | 'en'): Catalog => catalogues[language];
