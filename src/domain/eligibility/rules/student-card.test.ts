import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, day, knowing, noon } from '#test/support/eligibility.ts';

const card = knowing({
  studentCard: { number: '1029310001', issuedOn: day('2024-04-01'), expiresOn: day('2028-02-29') },
});

test('the student card is valid on its last day, a leap day', () => {
  assert.equal(ask('student-card'), 'no-student-card');
  assert.equal(ask('student-card', card), 'ok');
  assert.equal(ask('student-card', { ...card, now: noon('2028-02-29') }), 'ok');
  assert.equal(ask('student-card', { ...card, now: noon('2028-03-01') }), 'student-card-expired');
  assert.equal(ask('student-card', { ...card, now: noon('2024-03-31') }), 'no-student-card 2024-04-01');
});
