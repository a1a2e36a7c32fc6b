import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf, wrap } from './wrap.ts';

test('Japanese breaks between characters, but neither before a closing mark nor after an opening one', () => {
  assert.deepEqual(wrap(`${'あ'.repeat(38)}。いろは`).split('\n'), ['あ'.repeat(37), 'あ。いろは']);
  assert.deepEqual(wrap(`${'あ'.repeat(37)}「いろは」`).split('\n'), ['あ'.repeat(37), '「いろは」']);
});

test('a character and its variant are one, as wide as any other', () => {
  const lines = wrap('葛\u{e0107}'.repeat(40)).split('\n');
  assert.deepEqual(lines, ['葛\u{e0107}'.repeat(38), '葛\u{e0107}葛\u{e0107}']);
  assert.equal(columnsOf('𠮷'), 2);
});

test('words stay whole, a URL too, and what is set in stays set in', () => {
  const url = `https://certificates.example.ac.jp/mail-address/confirm/${'x'.repeat(43)}`;
  assert.equal(wrap(url), url);
  const word = '증명서발급서비스';
  const korean = wrap(`${word} `.repeat(9)).split('\n');
  assert.ok(korean.every((line) => line.split(' ').every((each) => each === word)));
  const inquiry = wrap(`  ${'Certificate Issuance Service Call Centre '.repeat(4)}`).split('\n');
  assert.ok(inquiry.length > 2 && inquiry.every((line) => /^ {2}\S/.test(line) && columnsOf(line) <= 76));
});
