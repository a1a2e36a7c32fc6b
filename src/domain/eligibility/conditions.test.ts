import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { academicYear } from '#domain/dates.ts';
import { day, subject } from '#test/support/eligibility.ts';
import { dayOfAcademicYear, lastInstantBeforeStop } from './conditions.ts';

const monthDay = (text: string) => Temporal.PlainMonthDay.from(text);

const anyMonthDay = fc
  .integer({ min: 0, max: 365 })
  .map((days) => Temporal.PlainDate.from('2024-01-01').add({ days }).toPlainMonthDay());

test('a day of an academic year lies in it, leap days included', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1950, max: 2100 }), anyMonthDay, (year, wanted) => {
      const found = dayOfAcademicYear(wanted, year);
      assert.equal(academicYear(found), year);
      assert.equal(found.month, wanted.toPlainDate({ year: 2024 }).month);
    }),
  );
});

test('a deadline ends with the day before the first stop among several types, and at none where none stops', () => {
  const stopping = (from: string) => ({
    ...subject.conditions,
    yearEndStop: { from: monthDay(from), until: monthDay('03-31') },
  });
  const types = [subject.conditions, stopping('03-28'), stopping('03-11')];
  const last = (on: string) => lastInstantBeforeStop(types, day(on))?.toString();
  assert.equal(last('2026-11-24'), '2027-03-10T14:59:59Z');
  assert.equal(last('2027-04-01'), '2028-03-10T14:59:59Z');
  assert.equal(lastInstantBeforeStop([subject.conditions], day('2026-11-24')), null);
});
