import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '#test/support/eligibility.ts';
import type { PaperOnly } from './paper-only.ts';
import { isPaperOnly } from './paper-only.ts';

const rule: PaperOnly = {
  faculty: 'law',
  admittedBefore: day('1996-04-01'),
  certificateTypes: ['transcript'],
};
const of = (faculty: string, admission: string) => ({ faculty, admissionDate: day(admission) });

test('a coverage rule counts by faculty, year of entrance and type', () => {
  assert.equal(isPaperOnly([rule], 'transcript', of('law', '1996-03-31')), true);
  assert.equal(isPaperOnly([rule], 'transcript', of('law', '1996-04-01')), false);
  assert.equal(isPaperOnly([rule], 'transcript', of('letters', '1990-04-01')), false);
  assert.equal(isPaperOnly([rule], 'graduation', of('law', '1990-04-01')), false);
  const whole: PaperOnly = { ...rule, faculty: '*', certificateTypes: '*' };
  assert.equal(isPaperOnly([whole], 'graduation', of('letters', '1990-04-01')), true);
});
