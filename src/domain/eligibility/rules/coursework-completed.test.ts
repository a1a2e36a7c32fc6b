import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, day, enrolled } from '#test/support/eligibility.ts';

test('only who completed the course requirements has withdrawn with them', () => {
  const left = (status: 'withdrawn' | 'coursework-completed') =>
    enrolled({ status, leftOn: day('2026-09-30') });
  assert.equal(ask('coursework-completed', left('coursework-completed')), 'ok');
  assert.equal(ask('coursework-completed', left('withdrawn')), 'not-coursework-completed');
  assert.equal(ask('coursework-completed'), 'not-coursework-completed');
});
