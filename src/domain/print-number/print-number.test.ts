import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPin, createPrintNumber, digitsOf, groupsOf, isPrintNumber } from './print-number.ts';

const digit = fc.integer({ min: 0, max: 9 });
const printNumber = fc
  .array(digit, { minLength: 11, maxLength: 11 })
  .map((digits) => createPrintNumber(() => digits.shift() ?? 0));

test('a drawn number is valid, and grouping it loses nothing', () => {
  fc.assert(
    fc.property(printNumber, (number) => {
      assert.ok(isPrintNumber(number));
      assert.deepEqual(
        groupsOf(number).map((group) => group.length),
        [4, 4, 4],
      );
      assert.equal(digitsOf(groupsOf(number).join(' - ')), number);
    }),
  );
});

test('any single wrong digit is caught', () => {
  fc.assert(
    fc.property(printNumber, fc.nat({ max: 11 }), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
      const wrong = String((Number(number[at]) + shift) % 10);
      assert.equal(isPrintNumber(number.slice(0, at) + wrong + number.slice(at + 1)), false);
    }),
  );
});

test('any exchange of neighbours is caught', () => {
  fc.assert(
    fc.property(printNumber, fc.nat({ max: 10 }), (number, at) => {
      const [first = '', second = ''] = [number[at], number[at + 1]];
      fc.pre(first !== second);
      assert.equal(isPrintNumber(number.slice(0, at) + second + first + number.slice(at + 2)), false);
    }),
  );
});

test('full-width digits are read, other lengths are not numbers', () => {
  assert.equal(digitsOf('0123 4567'), '01234567');
  assert.equal(isPrintNumber('000000000000'), true);
  assert.equal(isPrintNumber('00000000000'), false);
  assert.match(
    createPin(() => 7),
    /^7777$/,
  );
});
