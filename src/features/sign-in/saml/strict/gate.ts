import { refuse } from './refusal.ts';

/** What a message may weigh. A signed and encrypted campus response is about 12 KB and 60 tags. */
export type GateLimits = {
  readonly bytes: number;
  readonly tags: number;
  readonly attributesPerTag: number;
  readonly depth: number;
};

export const MESSAGE_LIMITS: GateLimits = { bytes: 65_536, tags: 800, attributesPerTag: 24, depth: 48 };

/** Of the posted field, in characters: base64 with room for line breaks. */
export const LONGEST_FIELD = Math.ceil(MESSAGE_LIMITS.bytes / 3) * 4 + 4096;

const DECLARATION =
  /^\s*<\?xml version=["']1\.0["'](?: encoding=["']utf-8["'])?(?: standalone=["'](?:yes|no)["'])?\s*\?>/i;
const CONTROL = /(?![\t\n])\p{Cc}|[\ufffe\uffff]/u;
const UNKNOWN_ENTITY = /&(?!amp;|lt;|gt;|quot;|apos;|#x?[0-9A-Fa-f]{1,6};)/;

/** The posted field as checked XML text; no parser has seen it yet. */
export const gateMessage = (field: string): string => {
  if (field.length > LONGEST_FIELD) return refuse('too-large');
  const packed = field.replace(/[\r\n\t ]+/g, '');
  if (packed.length === 0 || packed.length % 4 !== 0) return refuse('not-base64');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return refuse('not-base64');
  return gateBytes(Buffer.from(packed, 'base64'), MESSAGE_LIMITS);
};

/** As `gateMessage`, for bytes that come from a decryption or a file. */
export const gateBytes = (bytes: Uint8Array, limits: GateLimits): string => {
  if (bytes.length > limits.bytes) return refuse('too-large');
  return gateText(decodeUtf8(bytes), limits);
};

const decodeUtf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('not-utf8');
  }
};

/**
 * Refuses what a SAML message never needs and parsers disagree about: DOCTYPE, comments, CDATA, processing
 * instructions (XML-DSig wrapping and comment truncation live there), unknown entities, deep or wide trees,
 * anything beside the one root. Answers the text with line ends as XML 1.0 §2.11 reads them.
 */
export const gateText = (text: string, limits: GateLimits = MESSAGE_LIMITS): string => {
  // The decoder took the one byte order mark there may be; `\s` and `trim` would take more.
  if (text.slice(0, text.indexOf('<')).includes('\ufeff')) return refuse('not-xml');
  const body = text.replace(DECLARATION, '').replace(/\r\n?/g, '\n').trim();
  if (/<[!?]/.test(body)) return refuse('markup');
  if (CONTROL.test(body)) return refuse('control-character');
  if (UNKNOWN_ENTITY.test(body)) return refuse('entity');
  checkTags(body, limits);
  return body;
};

const checkTags = (body: string, limits: GateLimits): void => {
  let depth = 0;
  let tags = 0;
  let position = 0;
  if (!body.startsWith('<')) return refuse('not-xml');
  while (position < body.length) {
    if (depth === 0 && tags > 0) return refuse('trailing-content');
    const open = body.indexOf('<', position);
    if (open === -1) return refuse('not-xml');
    const tag = readTag(body, open, limits);
    tags += 1;
    if (tags > limits.tags) return refuse('too-many-tags');
    if (tag.kind === 'open') depth += 1;
    if (tag.kind === 'close') depth -= 1;
    if (depth < 0) return refuse('not-xml');
    if (depth > limits.depth) return refuse('too-deep');
    position = tag.end;
  }
  if (depth !== 0) refuse('not-xml');
};

type Tag = { readonly kind: 'open' | 'close' | 'empty'; readonly end: number };

/** Walks one tag, respecting quotes, in one pass. */
const readTag = (body: string, open: number, limits: GateLimits): Tag => {
  let quote = '';
  let attributes = 0;
  for (let at = open + 1; at < body.length; at += 1) {
    const character = body[at] as string;
    if (character === '<') return refuse('not-xml');
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") {
      quote = character;
      attributes += 1;
      if (attributes > limits.attributesPerTag) return refuse('too-many-attributes');
    } else if (character === '>') {
      if (body[open + 1] === '/') return { kind: 'close', end: at + 1 };
      return { kind: body[at - 1] === '/' ? 'empty' : 'open', end: at + 1 };
    }
  }
  return refuse('not-xml');
};
