import { domainToASCII } from 'node:url';
import { meantDomain } from './typo-domains.ts';

/** Why an address is refused; each has its own sentence in the catalogue. */
export type AddressRefusal =
  | 'empty'
  | 'control'
  | 'space'
  | 'quoted'
  | 'comma'
  | 'angle'
  | 'atSign'
  | 'local'
  | 'dots'
  | 'domain'
  | 'tooLong';

export type AddressOptions = {
  /** The relay carries letters beyond ASCII before the @ (RFC 6531). */
  readonly smtpUtf8?: boolean;
};

export type AddressVerdict =
  | {
      readonly ok: true;
      readonly address: string;
      /** Full-width characters were folded: the person is told. */
      readonly folded: boolean;
      /** The domain that was probably meant, or null. */
      readonly suggestion: string | null;
    }
  | { readonly ok: false; readonly refusal: AddressRefusal };

/** Carriers that gave out addresses with dots where RFC 5321 §4.1.2 has none. */
const DOTTED = new Set(['docomo.ne.jp', 'ezweb.ne.jp', 'au.com']);

const REFUSED: readonly (readonly [RegExp, AddressRefusal])[] = [
  [/\p{Cc}|\p{Cf}/u, 'control'],
  [/["]/, 'quoted'],
  [/[<>]/, 'angle'],
  [/[,;、]/, 'comma'],
  [/\s/u, 'space'],
];

/** Full-width signs, letters and digits (U+FF01 to U+FF5E) and the full stops of Japanese keyboards. */
const fold = (text: string): string =>
  text
    .replace(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[。｡]/g, '.');

const ATOM = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
/** RFC 6531 §3.3 allows any UTF-8 there; letters, marks and digits are what people have in their addresses. */
const UTF8_ATOM = /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+$/u;
const HOST = /^[\p{L}\p{M}\p{N}.-]+$/u;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Names that lead nowhere on the public network (RFC 6761, RFC 6762). */
const NOWHERE = new Set(['localhost', 'local', 'invalid', 'onion']);
const hasOddDots = (local: string): boolean => /^\.|\.\.|\.$/.test(local);

const readDomain = (text: string): string | null => {
  // What the URL parser would decode or drop (%, tab, soft hyphen) must not silently become another domain.
  if (!HOST.test(text)) return null;
  const domain = domainToASCII(text.toLowerCase());
  const labels = domain.split('.');
  const last = labels.at(-1) ?? '';
  const isName = labels.length > 1 && labels.every((label) => LABEL.test(label));
  return isName && last.length > 1 && !/^\d+$/.test(last) && !NOWHERE.has(last) ? domain : null;
};

const octets = (text: string): number => Buffer.byteLength(text);

/** Reads an address as typed or pasted: outer spaces go, full-width letters fold, domains become punycode. */
export const parseAddress = (typed: string, { smtpUtf8 = false }: AddressOptions = {}): AddressVerdict => {
  // Pasted text often brings a mark or a zero-width space along at its ends.
  const trimmed = typed.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');
  if (trimmed === '') return { ok: false, refusal: 'empty' };
  const text = fold(trimmed);
  for (const [pattern, refusal] of REFUSED) if (pattern.test(text)) return { ok: false, refusal };
  const [given = '', host = '', ...more] = text.split('@');
  if (given === '' || host === '' || more.length > 0) return { ok: false, refusal: 'atSign' };
  const local = given.normalize('NFC');
  if (!(smtpUtf8 ? UTF8_ATOM : ATOM).test(local)) return { ok: false, refusal: 'local' };
  const domain = readDomain(host);
  if (domain === null) return { ok: false, refusal: 'domain' };
  const carrier = DOTTED.has(domain) && /[^.]/.test(local);
  if (hasOddDots(local) && !carrier) return { ok: false, refusal: 'dots' };
  // RFC 5321 §4.5.3.1: 64 octets before the sign, 254 for the whole path.
  if (octets(local) > 64 || octets(local) + domain.length > 253) return { ok: false, refusal: 'tooLong' };
  const meant = meantDomain(domain);
  const suggestion = meant === null ? null : `${local}@${meant}`;
  return { ok: true, address: `${local}@${domain}`, folded: text !== trimmed, suggestion };
};

/** Whether an address needs a relay that offers SMTPUTF8. */
export const needsSmtpUtf8 = (typed: string): boolean =>
  /[^\p{ASCII}]/u.test(fold(typed.trim()).split('@')[0] ?? '');

/** Enough to recognise one's own address, too little for a neighbour: `h•••@example.jp`. */
export const maskAddress = (address: string): string => {
  const at = address.lastIndexOf('@');
  return `${[...address][0] ?? ''}•••${address.slice(at)}`;
};
