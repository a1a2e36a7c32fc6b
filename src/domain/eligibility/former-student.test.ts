import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EnrolmentStatus } from '#domain/person/person.ts';
import { ask, day, enrolled, noon } from '#test/support/eligibility.ts';

const left = (status: EnrolmentStatus, on = '2026-09-30') => enrolled({ status, leftOn: day(on) });

test('each way of leaving opens its own certificates', () => {
  assert.equal(ask('former-student'), 'still-enrolled');
  for (const status of ['graduated', 'withdrawn', 'coursework-completed'] as const) {
    assert.equal(ask('former-student', left(status)), 'ok');
  }
  assert.equal(ask('withdrawn', left('withdrawn')), 'ok');
  assert.equal(ask('withdrawn', left('coursework-completed')), 'ok');
  assert.equal(ask('withdrawn', left('graduated')), 'not-withdrawn');
  assert.equal(ask('coursework-completed', left('coursework-completed')), 'ok');
  assert.equal(ask('coursework-completed', left('withdrawn')), 'not-coursework-completed');
  assert.equal(ask('coursework-completed'), 'not-coursework-completed');
});

test('the last day must be over', () => {
  const going = left('withdrawn', '2026-11-24');
  assert.equal(ask('withdrawn', going), 'still-enrolled 2026-11-25');
  assert.equal(ask('withdrawn', { ...going, now: noon('2026-11-25') }), 'ok');
});
