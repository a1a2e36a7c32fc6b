import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, enrolled } from '#test/support/eligibility.ts';

test('a regular student is one of a degree programme', () => {
  assert.equal(ask('regular-student'), 'ok');
  assert.equal(ask('regular-student', enrolled({ category: 'special-auditor' })), 'not-regular-student');
  assert.equal(ask('regular-student', enrolled({ category: 'research' })), 'not-regular-student');
});
