import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFonts } from './glyphs.ts';

const missingGlyphs = openFonts('/nowhere').missing;

test('ordinary, rare and romanised names can be printed', () => {
  for (const name of ['佐藤 美咲', '髙橋 𠮷人', '山﨑 神', 'TAKAHASHI Yoshito', "O'Brien-García"]) {
    assert.deepEqual(missingGlyphs(name), [], name);
  }
});

test('a variation the font does not know is named with its selector', () => {
  assert.deepEqual(missingGlyphs('辻\u{E0102}'), ['辻\u{E0102}']);
  assert.deepEqual(missingGlyphs('名\u{E0FFF}前').length, 1);
});

test('a character outside the font is named', () => {
  assert.deepEqual(missingGlyphs('山\u{3134A}'), ['\u{3134A}']);
});
