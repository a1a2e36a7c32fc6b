import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDate, formatInstant, formatYen } from './format.ts';

test('dates, instants and money read as each language writes them', () => {
  const date = Temporal.PlainDate.from('2026-11-29');
  assert.equal(formatDate(date, 'ja'), '2026年11月29日');
  assert.equal(formatDate(date, 'en'), '29 November 2026');
  const instant = Temporal.Instant.from('2026-11-29T14:59:00Z');
  assert.equal(formatInstant(instant, 'ja'), '11月29日(日) 23:59');
  assert.equal(formatInstant(instant, 'en'), 'Sun 29 Nov, 23:59');
  assert.equal(formatYen(1120, 'ja'), '1,120円');
  assert.equal(formatYen(1120, 'en'), '1,120 yen');
});
