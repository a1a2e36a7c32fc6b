import { domainToASCII } from 'node:url';

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

const TYPOS: Readonly<Record<string, string>> = {
  'gmail.co': 'gmail.com',
  'gmail.con': 'gmail.com',
  'gmail.ne.jp': 'gmail.com',
  'gmai.com': 'gmail.com',
  'gmal.com': 'gmail.com',
  'gmial.com': 'gmail.com',
  'gnail.com': 'gmail.com',
  'hotmai.com': 'hotmail.com',
  'hotmial.com': 'hotmail.com',
  'icloud.co': 'icloud.com',
  'iclould.com': 'icloud.com',
  'outlok.com': 'outlook.com',
  'yaho.co.jp': 'yahoo.co.jp',
  'yahoo.co.jo': 'yahoo.co.jp',
  'yahoo.ne.jp': 'yahoo.co.jp',
  'docomo.co.jp': 'docomo.ne.jp',
  'docomo.ne.jo': 'docomo.ne.jp',
  'ezweb.co.jp': 'ezweb.ne.jp',
  'softbank.co.jp': 'softbank.ne.jp',
};

const REFUSED: readonly (readonly [RegExp, AddressRefusal])[] = [
  [/\p{Cc}|\p{Cf}/u, 'control'],
  [/["]/, 'quoted'],
  [/[<>]/, 'angle'],
  [/[,;、]/, 'comma'],
  [/\s/u, 'space'],
];

const fold = (text: string): string =>
  text
    .replace(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[。．]/g, '.');

const ATOM = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const hasOddDots = (local: string): boolean => /^\.|\.\.|\.$/.test(local);

const readDomain = (text: string): string | null => {
  const domain = domainToASCII(text.toLowerCase());
  const labels = domain.split('.');
  const isName = labels.length > 1 && labels.every((label) => LABEL.test(label));
  return isName && !/^\d+$/.test(labels.at(-1) ?? '') ? domain : null;
};

/** Reads an address as typed or pasted: outer spaces go, full-width letters fold, domains become punycode. */
export const parseAddress = (typed: string): AddressVerdict => {
  const trimmed = typed.trim();
  if (trimmed === '') return { ok: false, refusal: 'empty' };
  const text = fold(trimmed);
  for (const [pattern, refusal] of REFUSED) if (pattern.test(text)) return { ok: false, refusal };
  const [local = '', host = '', ...more] = text.split('@');
  if (local === '' || host === '' || more.length > 0) return { ok: false, refusal: 'atSign' };
  if (!ATOM.test(local)) return { ok: false, refusal: 'local' };
  const domain = readDomain(host);
  if (domain === null) return { ok: false, refusal: 'domain' };
  if (hasOddDots(local) && !DOTTED.has(domain)) return { ok: false, refusal: 'dots' };
  // RFC 5321 §4.5.3.1: 64 octets before the sign, 254 for the whole path.
  if (local.length > 64 || local.length + domain.length > 253) return { ok: false, refusal: 'tooLong' };
  const meant = TYPOS[domain];
  const suggestion = meant === undefined ? null : `${local}@${meant}`;
  return { ok: true, address: `${local}@${domain}`, folded: text !== trimmed, suggestion };
};

/** Enough to recognise one's own address, too little for a neighbour: `h•••@example.jp`. */
export const maskAddress = (address: string): string => {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}•••${address.slice(at)}`;
};
