import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, day, enrolled, knowing } from '#test/support/eligibility.ts';

const graduated = enrolled({ status: 'graduated', leftOn: day('2027-03-24') });

test('a graduate has graduated, from the instant in the register or the beginning of the day', () => {
  assert.equal(ask('graduate'), 'not-graduated');
  assert.equal(
    ask('graduate', enrolled({ status: 'withdrawn', leftOn: day('2026-03-24') })),
    'not-graduated',
  );
  const midnight = Temporal.Instant.from('2027-03-24T00:00:00+09:00');
  assert.equal(ask('graduate', { ...graduated, now: midnight }), 'ok');
  assert.equal(
    ask('graduate', { ...graduated, now: midnight.subtract({ nanoseconds: 1 }) }),
    'graduation-not-yet 2027-03-24',
  );
  const certifiedFrom = Temporal.Instant.from('2027-03-24T10:00:00+09:00');
  const decided = { ...graduated, ...knowing({ certifiedFrom }) };
  assert.equal(ask('graduate', { ...decided, now: midnight }), 'graduation-not-yet 2027-03-24');
  assert.equal(ask('graduate', { ...decided, now: certifiedFrom }), 'ok');
});
