import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, day, enrolled, noon } from '#test/support/eligibility.ts';

test('a current student is admitted and has not left', () => {
  assert.equal(ask('current-student', {}), 'ok');
  const left = { status: 'graduated', leftOn: day('2026-03-24') } as const;
  assert.equal(ask('current-student', enrolled(left)), 'not-current');
  const later = enrolled({ admissionDate: day('2027-04-01') });
  assert.equal(ask('current-student', later), 'not-yet-admitted 2027-04-01');
});

test('somebody whose graduation is decided is a student until that day', () => {
  const decided = enrolled({ status: 'graduated', leftOn: day('2027-03-24') });
  assert.equal(ask('current-student', { ...decided, now: noon('2027-03-24') }), 'ok');
  assert.equal(ask('current-student', { ...decided, now: noon('2027-03-25') }), 'not-current');
});
