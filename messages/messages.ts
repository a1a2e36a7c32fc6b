import type { Catalog } from './catalog.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { zhHans } from './zh-hans.ts';

/** One entry a language; its name for the pull-down stands in `platform/i18n/language.ts`. */
const catalogues = { ja, en, 'zh-Hans': zhHans, ko } as const satisfies Readonly<Record<string, Catalog>>;

/** Every text of the service in one language. */
export const messagesFor = (language: keyof typeof catalogues): Catalog => catalogues[language];
