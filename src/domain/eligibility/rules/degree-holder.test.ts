import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, day, knowing, noon } from '#test/support/eligibility.ts';

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
