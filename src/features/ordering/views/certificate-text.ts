import type { Language } from '#platform/i18n/language.ts';
import type { ViewContext } from './order-state.tsx';

/** A certificate type of today, or what an order froze of one. */
type Titled = { readonly titleJa: string; readonly titleEn: string };
type Printed = 'ja' | 'en';

export const titleText = ({ titleJa, titleEn }: Titled, language: Language): string =>
  language === 'ja' ? titleJa : titleEn;

/** What it is and the language it is printed in. */
export const certificateText = (titled: Titled, printed: Printed, { texts, language }: ViewContext): string =>
  texts.certificates.inLanguage(titleText(titled, language), texts.certificates[printed]);

/** The same, with its copies. */
export const copiesText = (
  titled: Titled,
  { printed, copies }: { readonly printed: Printed; readonly copies: number },
  { texts, language }: ViewContext,
): string => texts.confirmation.line(titleText(titled, language), texts.certificates[printed], copies);
