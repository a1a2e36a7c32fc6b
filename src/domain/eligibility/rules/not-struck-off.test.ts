import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, enrolled } from '#test/support/eligibility.ts';

test('somebody struck off gets nothing', () => {
  assert.equal(ask('not-struck-off', {}), 'ok');
  assert.equal(ask('not-struck-off', enrolled({ status: 'struck-off' })), 'struck-off');
});
