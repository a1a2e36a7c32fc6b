import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, day, enrolled } from '#test/support/eligibility.ts';

const last = enrolled({ yearOfStudy: 4, expectedGraduationDate: day('2027-03-24') });

test('expected graduation is for the final year, with a date on which it is expected', () => {
  assert.equal(ask('final-year'), 'not-final-year');
  assert.equal(ask('final-year', last), 'ok');
  assert.equal(ask('final-year', enrolled({ yearOfStudy: 5 })), 'ok');
  assert.equal(
    ask('final-year', enrolled({ yearOfStudy: 4, expectedGraduationDate: null })),
    'not-final-year',
  );
});
