import { elementsOf } from './elements.ts';
import { refuse } from './refusal.ts';

// Control characters, no-break space, zero-width and direction marks: two names that look alike must not pass.
const UNCLEAN = /[\p{Cc}\u00a0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/u;

/** Characters of the longest name we keep; eduPerson and SAML speak of 256. */
const LONGEST = 1024;

/** Text that names somebody or something: no child elements, no surrounding space, nothing invisible, not endless. */
export const identifierOf = (element: Element): string => {
  const text = element.textContent ?? '';
  if (text.length > LONGEST) refuse('text');
  if (elementsOf(element).length > 0 || text === '' || text !== text.trim() || UNCLEAN.test(text))
    refuse('text');
  return text;
};

/** Text for people, such as a display name: tidied, never refused. */
export const plainTextOf = (element: Element): string =>
  (element.textContent ?? '').replace(new RegExp(UNCLEAN.source, 'gu'), ' ').trim();

/** xs:dateTime in UTC, as SAML Core §1.3.3 demands, in epoch milliseconds. */
export const timeOf = (value: string | null): number => {
  if (value === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(value))
    return refuse('time-format');
  const time = Date.parse(value);
  return Number.isNaN(time) ? refuse('time-format') : time;
};
