import { keepNewest } from '../remember.ts';

/** Languages with a complete catalogue, in the order of the pull-down, each under its own name. */
export const LANGUAGES = { ja: '日本語', en: 'English', 'zh-Hans': '简体中文', ko: '한국어' } as const;
export type Language = keyof typeof LANGUAGES;

/** The languages of what a university writes itself: its configuration and the manual. */
export type ConfiguredLanguage = 'ja' | 'en';

/** The language in which a reader gets what the university wrote: English where theirs is not among those. */
export const configuredLanguage = (language: Language): ConfiguredLanguage =>
  language === 'ja' ? 'ja' : 'en';

/** Of a thing that the university named in both, its name for a reader of `language`. */
export const nameIn = (
  { nameJa, nameEn }: { readonly nameJa: string; readonly nameEn: string },
  language: Language,
): string => ({ ja: nameJa, en: nameEn })[configuredLanguage(language)];

export const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && Object.hasOwn(LANGUAGES, value);

/** Ours for a language tag (RFC 4647 §3.4): the longest of our tags that it begins with. */
const lookUp = (tag: string): Language | undefined => {
  // Maximising says the script that a region implies: zh-CN and zh are Hans, zh-TW is Hant, which we lack.
  const locale = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? new Intl.Locale(tag).maximize() : null;
  if (locale === null) return undefined;
  const candidates = [`${locale.language}-${locale.script ?? ''}`, locale.language];
  return candidates.find((candidate) => isLanguage(candidate)) as Language | undefined;
};

const negotiate = (header: string): Language => {
  const wanted = header.split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters
      .map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1])
      .find((text) => text !== undefined);
    return { tag, quality: quality === undefined ? 1 : Number(quality) };
  });
  wanted.sort((a, b) => b.quality - a.quality);
  for (const { tag, quality } of wanted) {
    const language = quality > 0 ? lookUp(tag) : undefined;
    if (language !== undefined) return language;
  }
  return 'ja';
};

/** Browsers send one of few, and a locale takes long to look into; what nobody else sends is not worth keeping. */
const MOST_KEPT = 200;
const LONGEST_KEPT = 100;
const kept = keepNewest<Language>(MOST_KEPT);

/** The best of our languages for an `Accept-Language` header (RFC 9110 §12.5.4); Japanese when none fits. */
export const negotiateLanguage = (header = ''): Language => {
  if (header.length > LONGEST_KEPT) return negotiate(header);
  const known = kept.get(header) ?? negotiate(header);
  kept.set(header, known);
  return known;
};
