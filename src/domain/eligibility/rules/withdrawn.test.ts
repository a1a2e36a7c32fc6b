import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EnrolmentStatus } from '#domain/person/person.ts';
import { ask, day, enrolled, noon } from '#test/support/eligibility.ts';

const left = (status: EnrolmentStatus, on = '2026-09-30') => enrolled({ status, leftOn: day(on) });

test('leaving without a degree is withdrawal, with or without the course completed', () => {
  assert.equal(ask('withdrawn', left('withdrawn')), 'ok');
  assert.equal(ask('withdrawn', left('coursework-completed')), 'ok');
  assert.equal(ask('withdrawn', left('graduated')), 'not-withdrawn');
  assert.equal(ask('withdrawn'), 'not-withdrawn');
});

test('the last day must be over', () => {
  const going = left('withdrawn', '2026-11-24');
  assert.equal(ask('withdrawn', going), 'still-enrolled 2026-11-25');
  assert.equal(ask('withdrawn', { ...going, now: noon('2026-11-25') }), 'ok');
});
