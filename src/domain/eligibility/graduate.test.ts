import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, day, enrolled, knowing, noon } from '#test/support/eligibility.ts';

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

test('somebody whose graduation is decided is a student until that day', () => {
  assert.equal(ask('current-student', { ...graduated, now: noon('2027-03-24') }), 'ok');
  assert.equal(ask('current-student', { ...graduated, now: noon('2027-03-25') }), 'not-current');
});

test('a degree certificate needs a degree that has been conferred', () => {
  const degree = {
    nameJa: '学士(工学)',
    nameEn: 'Bachelor of Engineering',
    fieldJa: null,
    fieldEn: null,
    conferredOn: day('2027-03-24'),
    diplomaNumber: null,
  };
  assert.equal(ask('degree-holder'), 'no-degree');
  assert.equal(ask('degree-holder', knowing({ degree })), 'graduation-not-yet 2027-03-24');
  assert.equal(ask('degree-holder', { ...knowing({ degree }), now: noon('2027-03-24') }), 'ok');
});

test('graduation is for undergraduates, completion for the graduate school', () => {
  const levels = ['bachelor', 'master', 'doctor', 'non-degree'] as const;
  const answers = (rule: 'undergraduate' | 'graduate-school') =>
    levels.map((level) => ask(rule, enrolled({ level })) === 'ok');
  assert.deepEqual(answers('undergraduate'), [true, false, false, false]);
  assert.deepEqual(answers('graduate-school'), [false, true, true, false]);
});
