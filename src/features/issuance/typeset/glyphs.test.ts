import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { RARE_NAMES } from '#test/support/rare-names.ts';
import { skipLoudly } from '#test/support/skip.ts';
import { openFonts, SHIPPED_FONTS, watchFonts } from './glyphs.ts';
import { readFont } from './glyphs-font.ts';

/** Debian's `fonts-ipamj-mincho`. */
const IPAMJ = '/usr/share/fonts/truetype/ipamj/ipamjm.ttf';
const shipped = openFonts('/nowhere');

const withFontFolder = (fill: (folder: string) => void, work: (university: string) => void): void => {
  const university = mkdtempSync(join(tmpdir(), 'akashi-fonts-'));
  mkdirSync(join(university, 'fonts'));
  try {
    fill(join(university, 'fonts'));
    work(university);
  } finally {
    rmSync(university, { recursive: true });
  }
};

test('ordinary, rare and romanised names can be printed', () => {
  for (const name of ['佐藤 美咲', '髙橋 𠮷人', '山﨑 神', 'TAKAHASHI Yoshito', "O'Brien-García"]) {
    assert.deepEqual(shipped.missing(name), [], name);
  }
});

test('a variation the font does not know is named with its selector', () => {
  assert.deepEqual(shipped.missing('辻\u{E0102}'), ['辻\u{E0102}']);
  assert.deepEqual(shipped.missing('名\u{E0FFF}前').length, 1);
});

test('a character outside the fonts is named', () => {
  assert.deepEqual(shipped.missing('山\u{3134A}'), ['\u{3134A}']);
});

test('two hundred rare names are judged by the shipped fonts as their tables say', () => {
  assert.equal(new Set(RARE_NAMES.map(({ name }) => name)).size, 200);
  for (const { name, shipped: drawn } of RARE_NAMES)
    assert.equal(
      shipped.missing(name).length === 0,
      drawn,
      `${name} ${[...name].map((one) => one.codePointAt(0)?.toString(16))}`,
    );
});

test('the same names are judged by IPAmj Mincho alone, and by both together from a font folder', (t) => {
  if (!existsSync(IPAMJ)) return skipLoudly(t, 'fonts-ipamj-mincho is not installed: names by IPAmj Mincho');
  const font = readFont(readFileSync(IPAMJ));
  const points = (name: string): number[] => [...name].map((one) => one.codePointAt(0) ?? 0);
  const selects = (point: number | undefined): boolean =>
    point !== undefined && ((point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef));
  for (const { name, ipamj } of RARE_NAMES) {
    const all = points(name.replaceAll(' ', ''));
    const drawn = all.every((point, at) => {
      const next = all[at + 1];
      if (selects(point)) return true;
      return next !== undefined && selects(next) ? font.varies(point, next) : font.has(point);
    });
    assert.equal(drawn, ipamj, name);
  }
  withFontFolder(
    (folder) => symlinkSync(IPAMJ, join(folder, 'ipamjm.ttf')),
    (university) => {
      const both = openFonts(university);
      for (const { name, together } of RARE_NAMES)
        assert.equal(both.missing(name).length === 0, together, name);
      // The mincho has 辻 but not this form of it, and would print the base form without a word.
      const [piece] = both.exact('辻\u{E0102}田');
      assert.equal(piece?.text, '辻\u{E0102}');
      assert.ok(piece?.family.some((family) => family.startsWith('IPAmj')));
      assert.deepEqual(both.exact('佐藤 美咲'), []);
    },
  );
});

test('a file in the font folder that is no font is named', () => {
  withFontFolder(
    (folder) => writeFileSync(join(folder, 'broken.ttf'), 'not a font'),
    (university) => assert.throws(() => openFonts(university), /broken\.ttf/),
  );
});

test('a font put into the folder serves at once; one that is still being copied does not disturb', () => {
  const university = mkdtempSync(join(tmpdir(), 'akashi-fonts-'));
  const fonts = watchFonts(university);
  assert.deepEqual(fonts().families, []);
  mkdirSync(join(university, 'fonts'));
  writeFileSync(join(university, 'fonts/half.ttf'), new Uint8Array([0, 1]));
  assert.deepEqual(fonts().families, []);
  copyFileSync(SHIPPED_FONTS[0] ?? '', join(university, 'fonts/half.ttf'));
  assert.match(fonts().families.join(), /Noto Serif JP/);
  rmSync(university, { recursive: true });
});
