import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, day, enrolled, noon, subject } from '#test/support/eligibility.ts';

const last = enrolled({ yearOfStudy: 4, expectedGraduationDate: day('2027-03-24') });

test('it opens on the set day of the academic year of graduation', () => {
  const opening = (monthDay: string) => ({
    ...last,
    conditions: { ...subject.conditions, opensOn: Temporal.PlainMonthDay.from(monthDay) },
  });
  assert.equal(ask('after-opening', last), 'ok');
  assert.equal(
    ask('after-opening', { ...opening('10-01'), now: noon('2026-09-30') }),
    'not-yet-open 2026-10-01',
  );
  assert.equal(ask('after-opening', { ...opening('10-01'), now: noon('2026-10-01') }), 'ok');
  // A day before 1 April lies in the next calendar year.
  assert.equal(ask('after-opening', opening('01-15')), 'not-yet-open 2027-01-15');
  // 29 February of a year that has none is the 28th.
  assert.equal(ask('after-opening', opening('02-29')), 'not-yet-open 2027-02-28');
});
