import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, day, enrolled } from '#test/support/eligibility.ts';

test('a leave counts on its first and last day, by the calendar of Tokyo', () => {
  const away = enrolled({ leave: { from: day('2026-10-01'), until: day('2026-11-24') } });
  assert.equal(ask('not-on-leave', away), 'on-leave 2026-11-25');
  const lastSecond = Temporal.Instant.from('2026-11-24T14:59:59Z');
  assert.equal(ask('not-on-leave', { ...away, now: lastSecond }), 'on-leave 2026-11-25');
  assert.equal(ask('not-on-leave', { ...away, now: lastSecond.add({ seconds: 1 }) }), 'ok');
  assert.equal(ask('not-on-leave', { ...away, now: Temporal.Instant.from('2026-09-30T14:59:59Z') }), 'ok');
});
