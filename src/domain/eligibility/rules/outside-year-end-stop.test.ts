import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TOKYO } from '#domain/dates.ts';
import { ask, noon, subject } from '#test/support/eligibility.ts';
import type { TypeConditions } from '../conditions.ts';
import { nextYearEndStop } from '../conditions.ts';

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
