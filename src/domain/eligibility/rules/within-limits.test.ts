import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, noon, subject } from '#test/support/eligibility.ts';

const limited = { conditions: { ...subject.conditions, limits: { perDay: 3, perYear: 10 } } };
const having = (today: number, thisAcademicYear: number, copies = 1) => ({
  ...limited,
  ordered: { today, thisAcademicYear },
  copies,
});

test('three a day and ten an academic year, those wished now among them', () => {
  assert.equal(ask('within-limits', having(2, 9)), 'ok');
  assert.equal(ask('within-limits', having(3, 3)), 'limit-day 2026-11-25');
  assert.equal(ask('within-limits', having(0, 0, 3)), 'ok');
  assert.equal(ask('within-limits', having(0, 8, 3)), 'limit-year 2027-04-01');
  assert.equal(ask('within-limits', having(1, 1, 3)), 'limit-day 2026-11-25');
});

test('what is never possible names no date', () => {
  assert.equal(ask('within-limits', having(0, 0, 4)), 'limit-day');
  assert.equal(ask('within-limits', having(0, 0, 11)), 'limit-year');
});

test('in March the next academic year begins in a few days', () => {
  assert.equal(ask('within-limits', { ...having(0, 10), now: noon('2027-03-31') }), 'limit-year 2027-04-01');
});
