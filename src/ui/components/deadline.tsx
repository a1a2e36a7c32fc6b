import { formatInstant } from '#platform/i18n/format.ts';
import type { Language } from '#platform/i18n/language.ts';

/** A last moment with weekday and Tokyo clock time: 「11月29日(日) 23:59 まで」, "until Sun 29 Nov, 23:59". */
export const Deadline = ({ at, language }: { at: Temporal.Instant; language: Language }) => (
  <time class="deadline" datetime={at.toString()}>
    {language === 'ja' ? `${formatInstant(at, language)} まで` : `until ${formatInstant(at, language)}`}
  </time>
);
