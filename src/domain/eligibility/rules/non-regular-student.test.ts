import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, enrolled } from '#test/support/eligibility.ts';

test('every other category is non-regular', () => {
  assert.equal(ask('non-regular-student'), 'not-non-regular-student');
  assert.equal(ask('non-regular-student', enrolled({ category: 'special-auditor' })), 'ok');
  assert.equal(ask('non-regular-student', enrolled({ category: 'research' })), 'ok');
});
