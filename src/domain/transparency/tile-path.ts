import { TILE_WIDTH } from './merkle.ts';

const elements = (index: number): string => {
  const last = String(index % 1000).padStart(3, '0');
  const rest = Math.floor(index / 1000);
  return rest === 0 ? last : `${elements(rest).replace(/[^/]+$/, 'x$&')}/${last}`;
};

/** `<L>/<N>[.p/<W>]` of C2SP tlog-tiles; `level` may be `entries`. */
export const tilePath = (level: number | 'entries', index: number, width: number): string =>
  `${level}/${elements(index)}${width < TILE_WIDTH ? `.p/${width}` : ''}`;

export type TileName = { readonly level: number | 'entries'; readonly index: number; readonly width: number };

const PATH = /^(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Strict inverse of `tilePath`; null on any other form. */
export const parseTilePath = (path: string): TileName | null => {
  const match = PATH.exec(path);
  if (match === null) return null;
  const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const index = Number((match[2] ?? '').replaceAll(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  if (level !== 'entries' && level > 63) return null;
  return Number.isSafeInteger(index) && tilePath(level, index, width) === path
    ? { level, index, width }
    : null;
};
