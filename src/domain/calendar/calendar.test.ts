import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Calendar } from './calendar.ts';
import { addBusinessDays, isBusinessDay } from './calendar.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const calendar: Calendar = {
  officeDays: [1, 2, 3, 4, 5],
  closures: [{ from: day('2026-12-28'), until: day('2027-01-04'), nameJa: '年末年始', nameEn: 'Year end' }],
  maintenance: [],
};

test('the office rests on weekends and on the first and last day of a closure', () => {
  assert.equal(isBusinessDay(calendar, day('2026-12-25')), true);
  assert.equal(isBusinessDay(calendar, day('2026-12-26')), false);
  assert.equal(isBusinessDay(calendar, day('2026-12-28')), false);
  assert.equal(isBusinessDay(calendar, day('2027-01-04')), false);
  assert.equal(isBusinessDay(calendar, day('2027-01-05')), true);
});

test('business days are counted over weekends and closures', () => {
  assert.equal(addBusinessDays(calendar, day('2026-11-24'), 2).toString(), '2026-11-26');
  assert.equal(addBusinessDays(calendar, day('2026-12-24'), 2).toString(), '2027-01-05');
  assert.equal(addBusinessDays(calendar, day('2026-12-26'), 0).toString(), '2027-01-05');
  assert.equal(addBusinessDays(calendar, day('2026-12-25'), 0).toString(), '2026-12-25');
  assert.equal(addBusinessDays(calendar, day('2026-12-26'), 1).toString(), '2027-01-05');
});

test('a calendar without business days is refused', () => {
  assert.throws(() => addBusinessDays({ ...calendar, officeDays: [] }, day('2026-11-24'), 1), RangeError);
});
