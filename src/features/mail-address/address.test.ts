import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskAddress, parseAddress } from './address.ts';

const refusals: readonly (readonly [string, string])[] = [
  ['  ', 'empty'],
  ['a\u0007b@example.jp', 'control'],
  ['a b@example.jp', 'space'],
  ['"a"@example.jp', 'quoted'],
  ['a@example.jp,b@example.jp', 'comma'],
  ['<a@example.jp>', 'angle'],
  ['a.example.jp', 'atSign'],
  ['a@b@example.jp', 'atSign'],
  ['花子@example.jp', 'local'],
  ['a..b@example.jp', 'dots'],
  ['a@localhost', 'domain'],
  ['a@192.0.2.1', 'domain'],
  [`${'a'.repeat(65)}@example.jp`, 'tooLong'],
];

for (const [typed, refusal] of refusals) {
  test(`behaviour 24: ${JSON.stringify(typed.slice(0, 30))} is refused as ${refusal}`, () => {
    assert.deepEqual(parseAddress(typed), { ok: false, refusal });
  });
}

test('behaviour 24: full-width characters fold with a notice, outer spaces go without one', () => {
  const folded = parseAddress(' ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ　');
  assert.deepEqual(folded, { ok: true, address: 'hanako@example.jp', folded: true, suggestion: null });
  const plain = parseAddress(' Hanako@EXAMPLE.jp ');
  assert.deepEqual(plain, { ok: true, address: 'Hanako@example.jp', folded: false, suggestion: null });
});

test('behaviour 24: a domain in Japanese becomes punycode, odd dots pass at the carriers, typos get a hint', () => {
  const japanese = parseAddress('a@日本語.jp');
  assert.equal(japanese.ok && japanese.address, 'a@xn--wgv71a119e.jp');
  assert.equal(parseAddress('a..b.@docomo.ne.jp').ok, true);
  const typo = parseAddress('a@gmial.com');
  assert.equal(typo.ok && typo.suggestion, 'a@gmail.com');
});

test('a masked address keeps its first character and its domain', () => {
  assert.equal(maskAddress('hanako@example.jp'), 'h•••@example.jp');
});
