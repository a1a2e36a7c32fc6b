import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The characters a font can draw, and the variation sequences it knows (OpenType `cmap`, formats 12 and 14). */
type Coverage = {
  readonly has: (codePoint: number) => boolean;
  readonly varies: (base: number, selector: number) => boolean;
};

type Range = readonly [first: number, last: number];

const within = (ranges: readonly Range[], value: number): boolean => {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle] ?? [0, -1];
    if (value < first) high = middle - 1;
    else if (value > last) low = middle + 1;
    else return true;
  }
  return false;
};

const cmapOf = (font: DataView): DataView => {
  const tables = font.getUint16(4);
  for (let index = 0; index < tables; index += 1) {
    const entry = 12 + index * 16;
    if (font.getUint32(entry) === 0x636d6170) {
      return new DataView(
        font.buffer,
        font.byteOffset + font.getUint32(entry + 8),
        font.getUint32(entry + 12),
      );
    }
  }
  throw new Error('font without cmap');
};

const subtables = (cmap: DataView): number[] =>
  Array.from({ length: cmap.getUint16(2) }, (_, index) => cmap.getUint32(4 + index * 8 + 4));

const readGroups = (cmap: DataView, at: number): Range[] =>
  Array.from({ length: cmap.getUint32(at + 12) }, (_, index) => {
    const group = at + 16 + index * 12;
    return [cmap.getUint32(group), cmap.getUint32(group + 4)] as const;
  });

const uint24 = (view: DataView, at: number): number => (view.getUint16(at) << 8) | view.getUint8(at + 2);

/** Selector → the bases that take it: default ranges (drawn as the base form) and non-default mappings alike. */
const readVariations = (cmap: DataView, at: number): Map<number, Range[]> => {
  const variations = new Map<number, Range[]>();
  for (let index = 0; index < cmap.getUint32(at + 6); index += 1) {
    const record = at + 10 + index * 11;
    const ranges: Range[] = [];
    const defaults = cmap.getUint32(record + 3);
    const mappings = cmap.getUint32(record + 7);
    for (let n = 0; defaults !== 0 && n < cmap.getUint32(at + defaults); n += 1) {
      const first = uint24(cmap, at + defaults + 4 + n * 4);
      ranges.push([first, first + cmap.getUint8(at + defaults + 4 + n * 4 + 3)]);
    }
    for (let n = 0; mappings !== 0 && n < cmap.getUint32(at + mappings); n += 1) {
      const base = uint24(cmap, at + mappings + 4 + n * 5);
      ranges.push([base, base]);
    }
    variations.set(
      uint24(cmap, record),
      ranges.toSorted((a, b) => a[0] - b[0]),
    );
  }
  return variations;
};

const readCoverage = (file: string): Coverage => {
  const bytes = readFileSync(file);
  const cmap = cmapOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  let groups: Range[] = [];
  let variations = new Map<number, Range[]>();
  for (const at of subtables(cmap)) {
    const format = cmap.getUint16(at);
    if (format === 12) groups = readGroups(cmap, at);
    if (format === 14) variations = readVariations(cmap, at);
  }
  return {
    has: (codePoint) => within(groups, codePoint),
    varies: (base, selector) => within(variations.get(selector) ?? [], base),
  };
};

let coverage: Coverage | undefined;

const mincho = (): Coverage => {
  const require = createRequire(import.meta.url);
  coverage ??= readCoverage(
    require.resolve('@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf'),
  );
  return coverage;
};

const isSelector = (codePoint: number): boolean =>
  (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);

/**
 * The characters of `text`, each with its variation selector, that the shipped mincho cannot draw as written. Nothing
 * is normalised: 神 (U+FA19) and 神 (U+795E) are two characters. Empty when all can be printed.
 */
export const missingGlyphs = (text: string): string[] => {
  const characters = [...text];
  return characters.flatMap((character, index) => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (isSelector(codePoint) || /\s/.test(character)) return [];
    const selector = characters[index + 1]?.codePointAt(0) ?? 0;
    if (!isSelector(selector)) return mincho().has(codePoint) ? [] : [character];
    return mincho().varies(codePoint, selector) ? [] : [`${character}${characters[index + 1]}`];
  });
};
