import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskAddress, needsSmtpUtf8, parseAddress } from './address.ts';
import { ADDRESSES } from './address-cases.ts';

test(`24: each of ${ADDRESSES.length} addresses gets its verdict`, async (t) => {
  assert.ok(ADDRESSES.length >= 150);
  for (const each of ADDRESSES) {
    const { typed, smtpUtf8 = false } = each;
    const expected =
      'refusal' in each
        ? { ok: false, refusal: each.refusal }
        : {
            ok: true,
            address: each.address,
            folded: each.folded ?? false,
            suggestion: each.suggestion ?? null,
          };
    await t.test(JSON.stringify(typed.slice(0, 40)), () => {
      assert.deepEqual(parseAddress(typed, { smtpUtf8 }), expected);
    });
  }
});

test('24: only a local part beyond ASCII asks for a relay with SMTPUTF8', () => {
  assert.equal(needsSmtpUtf8('花子@example.jp'), true);
  assert.equal(needsSmtpUtf8('ｈａｎａｋｏ＠日本語.jp'), false);
  assert.equal(needsSmtpUtf8('a@日本語.jp'), false);
});

test('a masked address keeps its first character and its domain', () => {
  assert.equal(maskAddress('hanako@example.jp'), 'h•••@example.jp');
  assert.equal(maskAddress('𠮷田@example.jp'), '𠮷•••@example.jp');
});
