import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from '#test/support/eligibility.ts';

test('what exists on paper only is asked for at the office', () => {
  assert.equal(ask('not-paper-only', { paperOnly: true }), 'paper-only');
  assert.equal(ask('not-paper-only'), 'ok');
});
