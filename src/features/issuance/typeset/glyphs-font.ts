/** One font file: what it is called, which characters it draws, and which variation sequences it knows. */
export type FontFile = {
  /** Every family name it goes by, in any language. */
  readonly families: readonly string[];
  readonly has: (codePoint: number) => boolean;
  /** True for a default and for a non-default mapping alike (OpenType `cmap` format 14). */
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

/** Of a collection (TTC) the first font. */
const tableOf = (font: DataView, tag: number): DataView => {
  const start = font.getUint32(0) === 0x74746366 ? font.getUint32(12) : 0;
  for (let index = 0; index < font.getUint16(start + 4); index += 1) {
    const entry = start + 12 + index * 16;
    if (font.getUint32(entry) !== tag) continue;
    return new DataView(font.buffer, font.byteOffset + font.getUint32(entry + 8), font.getUint32(entry + 12));
  }
  throw new Error('not a font: a table is missing');
};

/** OpenType `cmap` format 4: segments of the basic plane; a character whose glyph is 0 is not drawn. */
const readSegments = (cmap: DataView, at: number): Range[] => {
  const double = cmap.getUint16(at + 6);
  const ranges: Range[] = [];
  for (let index = 0; index < double; index += 2) {
    const last = cmap.getUint16(at + 14 + index);
    const first = cmap.getUint16(at + 16 + double + index);
    const delta = cmap.getUint16(at + 16 + double * 2 + index);
    const place = at + 16 + double * 3 + index;
    const offset = cmap.getUint16(place);
    for (let code = first; code <= last && code !== 0xffff; code += 1) {
      const glyph =
        offset === 0 ? (code + delta) & 0xffff : cmap.getUint16(place + offset + (code - first) * 2);
      if (glyph !== 0) ranges.push([code, code]);
    }
  }
  return ranges;
};

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
    variations.set(uint24(cmap, record), sorted(ranges));
  }
  return variations;
};

const sorted = (ranges: readonly Range[]): Range[] => ranges.toSorted((a, b) => a[0] - b[0]);

const FAMILY_NAMES = [1, 16];
const MACINTOSH = 1;

const readFamilies = (table: DataView): string[] => {
  const texts = table.byteOffset + table.getUint16(4);
  const names = Array.from({ length: table.getUint16(2) }, (_, index) => 6 + index * 12)
    .filter((record) => FAMILY_NAMES.includes(table.getUint16(record + 6)))
    .map((record) => {
      const start = texts + table.getUint16(record + 10);
      const bytes = Buffer.from(table.buffer as ArrayBuffer, start, table.getUint16(record + 8));
      return table.getUint16(record) === MACINTOSH
        ? bytes.toString('latin1')
        : Buffer.from(bytes).swap16().toString('utf16le');
    });
  return [...new Set(names)];
};

/** Reads a TrueType or OpenType font, or the first of a collection. Throws `Error` or `RangeError` for anything else. */
export const readFont = (bytes: Uint8Array): FontFile => {
  const font = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cmap = tableOf(font, 0x636d6170);
  const drawn: Range[] = [];
  let variations = new Map<number, Range[]>();
  for (let index = 0; index < cmap.getUint16(2); index += 1) {
    const at = cmap.getUint32(8 + index * 8);
    const format = cmap.getUint16(at);
    if (format === 4) drawn.push(...readSegments(cmap, at));
    if (format === 12) drawn.push(...readGroups(cmap, at));
    if (format === 14) variations = readVariations(cmap, at);
  }
  const ranges = joined(sorted(drawn));
  return {
    families: readFamilies(tableOf(font, 0x6e616d65)),
    has: (codePoint) => within(ranges, codePoint),
    varies: (base, selector) => within(variations.get(selector) ?? [], base),
  };
};

/** Neighbours and overlaps become one range, so that a search by halves finds each. */
const joined = (ranges: readonly Range[]): Range[] => {
  const result: [number, number][] = [];
  for (const [first, last] of ranges) {
    const before = result.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else result.push([first, last]);
  }
  return result;
};
