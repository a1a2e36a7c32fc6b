import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { academicYear, TOKYO } from '#domain/dates.ts';
import { ask, day, noon, subject } from '#test/support/eligibility.ts';
import type { TypeConditions } from './conditions.ts';
import { dayOfAcademicYear, lastInstantBeforeStop, nextYearEndStop } from './conditions.ts';

const monthDay = (text: string) => Temporal.PlainMonthDay.from(text);
const stopping = (from: string, until: string): { conditions: TypeConditions } => ({
  conditions: { ...subject.conditions, yearEndStop: { from: monthDay(from), until: monthDay(until) } },
});

test('a type stops from its first to its last day at the end of the year, and says from when again', () => {
  const march = stopping('03-28', '03-31');
  assert.equal(ask('outside-year-end-stop'), 'ok');
  assert.equal(ask('outside-year-end-stop', { ...march, now: noon('2027-03-27') }), 'ok');
  for (const date of ['2027-03-28', '2027-03-31']) {
    assert.equal(ask('outside-year-end-stop', { ...march, now: noon(date) }), 'year-end-stop 2027-04-01');
  }
  assert.equal(ask('outside-year-end-stop', { ...march, now: noon('2027-04-01') }), 'ok');
});

test('a stop may cross the change of the calendar year', () => {
  const winter = stopping('12-28', '01-04');
  assert.equal(
    ask('outside-year-end-stop', { ...winter, now: noon('2026-12-28') }),
    'year-end-stop 2027-01-05',
  );
  assert.equal(
    ask('outside-year-end-stop', { ...winter, now: noon('2027-01-04') }),
    'year-end-stop 2027-01-05',
  );
  assert.equal(ask('outside-year-end-stop', { ...winter, now: noon('2027-01-05') }), 'ok');
});

test('closures that follow each other are one', () => {
  const closures = [
    { from: day('2026-11-24'), until: day('2026-11-25') },
    { from: day('2026-11-26'), until: day('2026-11-30') },
  ];
  assert.equal(ask('office-open', { closures }), 'office-closed 2026-12-01');
  assert.equal(ask('office-open', { closures, now: noon('2026-12-01') }), 'ok');
});

const date = fc
  .integer({ min: 0, max: 40_000 })
  .map((days) => Temporal.PlainDate.from('1992-01-01').add({ days }));
const anyMonthDay = fc
  .integer({ min: 0, max: 365 })
  .map((days) => Temporal.PlainDate.from('2024-01-01').add({ days }).toPlainMonthDay());

test('of any stop on any day: it is refused exactly within, and granted on the date it names', () => {
  fc.assert(
    fc.property(date, anyMonthDay, anyMonthDay, (on, from, until) => {
      const conditions = { ...subject.conditions, yearEndStop: { from, until } };
      const stop = nextYearEndStop(conditions, on);
      assert.ok(stop !== null && Temporal.PlainDate.compare(on, stop.until) <= 0);
      assert.ok(Temporal.PlainDate.compare(stop.from, stop.until) <= 0);
      const within = Temporal.PlainDate.compare(stop.from, on) <= 0;
      const at = (day: Temporal.PlainDate) => ({
        conditions,
        now: day.toZonedDateTime({ timeZone: TOKYO, plainTime: '00:00:00' }).toInstant(),
      });
      const again = stop.until.add({ days: 1 });
      assert.equal(ask('outside-year-end-stop', at(on)), within ? `year-end-stop ${again}` : 'ok');
      // Next year's stop may begin on the very day after: then that day is refused in its turn.
      const next = nextYearEndStop(conditions, again);
      const free = next !== null && Temporal.PlainDate.compare(again, next.from) < 0;
      assert.equal(ask('outside-year-end-stop', at(again)) === 'ok', free);
    }),
  );
});

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
  const types = [
    subject.conditions,
    stopping('03-28', '03-31').conditions,
    stopping('03-11', '03-31').conditions,
  ];
  const last = (on: string) => lastInstantBeforeStop(types, day(on))?.toString();
  assert.equal(last('2026-11-24'), '2027-03-10T14:59:59Z');
  assert.equal(last('2027-04-01'), '2028-03-10T14:59:59Z');
  assert.equal(lastInstantBeforeStop([subject.conditions], day('2026-11-24')), null);
});
