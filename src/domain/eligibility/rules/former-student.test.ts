import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EnrolmentStatus } from '#domain/person/person.ts';
import { ask, day, enrolled } from '#test/support/eligibility.ts';

const left = (status: EnrolmentStatus, on = '2026-09-30') => enrolled({ status, leftOn: day(on) });

test('whoever has left is a former student, by whatever way', () => {
  assert.equal(ask('former-student'), 'still-enrolled');
  for (const status of ['graduated', 'withdrawn', 'coursework-completed'] as const) {
    assert.equal(ask('former-student', left(status)), 'ok');
  }
});

test('the last day must be over', () => {
  assert.equal(ask('former-student', left('graduated', '2026-11-24')), 'still-enrolled 2026-11-25');
  assert.equal(ask('former-student', left('graduated', '2026-11-23')), 'ok');
});
