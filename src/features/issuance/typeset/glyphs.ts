import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type FontFile, readFont } from './glyphs-font.ts';

const require = createRequire(import.meta.url);

/** The fonts that come with the service: the mincho, and the serif for Latin, Greek and Cyrillic. */
export const SHIPPED_FONTS: readonly string[] = [
  require.resolve('@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-serif-jp/600SemiBold/NotoSerifJP_600SemiBold.ttf'),
  require.resolve('@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf'),
  require.resolve('@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf'),
];

/** A character that must be set in one of these families to be drawn as written. */
export type ExactGlyph = { readonly text: string; readonly family: readonly string[] };

export type Fonts = {
  /** Families of the university's own fonts, in the order of their file names. */
  readonly families: readonly string[];
  /**
   * The characters of `text`, each with its variation selector, that no font draws as written. Nothing is normalised:
   * 神 (U+FA19) and 神 (U+795E) are two characters. Empty when all can be printed.
   */
  readonly missing: (text: string) => string[];
  /** The variations in `text` that the first font with the base character would silently print as the base form. */
  readonly exact: (text: string) => ExactGlyph[];
};

/** Few texts hold one: those without are not taken apart. */
const ANY_SELECTOR = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

const isSelector = (codePoint: number): boolean =>
  (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);

type Glyph = { readonly text: string; readonly base: number; readonly selector: number | null };

/** Code points, each with the selector that follows it; a selector that follows nothing stands alone. */
const glyphsOf = (text: string): Glyph[] => {
  const glyphs: Glyph[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const before = glyphs.at(-1);
    if (isSelector(codePoint) && before !== undefined && before.selector === null)
      glyphs[glyphs.length - 1] = { ...before, text: before.text + character, selector: codePoint };
    else glyphs.push({ text: character, base: codePoint, selector: null });
  }
  return glyphs;
};

const draws = (font: FontFile, { base, selector }: Glyph): boolean =>
  selector === null ? font.has(base) : font.varies(base, selector);

const gateOf = (fonts: readonly FontFile[], families: readonly string[]): Fonts => ({
  families,
  missing: (text) =>
    glyphsOf(text)
      .filter((glyph) => !/^\s$/.test(glyph.text) && !fonts.some((font) => draws(font, glyph)))
      .map((glyph) => glyph.text),
  exact: (text) => {
    if (!ANY_SELECTOR.test(text)) return [];
    const pieces = new Map<string, readonly string[]>();
    for (const glyph of glyphsOf(text)) {
      if (glyph.selector === null) continue;
      const chosen = fonts.find((font) => draws(font, glyph));
      if (chosen === undefined || chosen === fonts.find((font) => font.has(glyph.base))) continue;
      pieces.set(glyph.text, chosen.families);
    }
    return [...pieces].map(([piece, family]) => ({ text: piece, family }));
  },
});

let shipped: readonly FontFile[] | undefined;

/** The font files of a university, `fonts/*.ttf`, `.otf` and `.ttc`, by name; none where it has no such folder. */
export const listOwnFonts = (universityFolder: string): string[] => {
  const folder = join(universityFolder, 'fonts');
  try {
    const files = readdirSync(folder).filter((name) => /\.(ttf|otf|ttc)$/i.test(name));
    return files.sort().map((name) => join(folder, name));
  } catch {
    return [];
  }
};

/** The shipped fonts, then the university's own; a file that is no font throws with its name. */
export const openFonts = (universityFolder: string): Fonts => {
  shipped ??= SHIPPED_FONTS.map((file) => readFont(readFileSync(file)));
  const own = listOwnFonts(universityFolder).map((file) => {
    try {
      return readFont(readFileSync(file));
    } catch (error) {
      throw new Error(`${file}: not a font that can be read`, { cause: error });
    }
  });
  return gateOf(
    [...shipped, ...own],
    own.flatMap((font) => font.families),
  );
};

const stampOf = (file: string): string => {
  const { size, mtimeMs } = statSync(file);
  return `${file} ${size} ${mtimeMs}`;
};

/**
 * The fonts as the university's folder has them at each call, so that a font put there serves without a restart. While
 * a file there cannot be read, as when it is still being copied, the fonts stay those of before.
 */
export const watchFonts = (universityFolder: string): (() => Fonts) => {
  const stamps = (): string => listOwnFonts(universityFolder).map(stampOf).join('\n');
  let seen = stamps();
  let fonts = openFonts(universityFolder);
  return () => {
    try {
      const now = stamps();
      if (now !== seen) {
        fonts = openFonts(universityFolder);
        seen = now;
      }
    } catch {
      // Asked again at the next call.
    }
    return fonts;
  };
};
