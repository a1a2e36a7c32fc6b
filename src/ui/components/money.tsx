import { formatYen } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';

/** Whole yen in tabular figures. */
export const Money = ({ yen, language }: { yen: number; language: Language }) => (
  <span class="money">{formatYen(yen, language)}</span>
);
