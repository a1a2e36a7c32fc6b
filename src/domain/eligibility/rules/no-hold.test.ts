import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hold } from '#domain/person/person.ts';
import { ask, day } from '#test/support/eligibility.ts';

const hold: Hold = { id: 'h1', enrolmentId: null, reason: 'tuition', from: day('2026-11-01'), until: null };

test('a hold of the person or of this enrolment refuses, one of another enrolment does not', () => {
  assert.equal(ask('no-hold', { holds: [hold] }), 'hold-tuition');
  assert.equal(ask('no-hold', { holds: [{ ...hold, enrolmentId: 'e1' }] }), 'hold-tuition');
  assert.equal(ask('no-hold', { holds: [{ ...hold, enrolmentId: 'e2' }] }), 'ok');
  assert.equal(ask('no-hold', { holds: [{ ...hold, until: day('2026-11-23') }] }), 'ok');
});

test('the day a refusal ends is that of the last hold, where all have one', () => {
  const until = (text: string): Hold => ({ ...hold, until: day(text) });
  assert.equal(
    ask('no-hold', { holds: [until('2026-12-31'), until('2026-11-30')] }),
    'hold-tuition 2027-01-01',
  );
  assert.equal(ask('no-hold', { holds: [until('2026-12-31'), hold] }), 'hold-tuition');
  const next: Hold = { ...hold, reason: 'library', from: day('2027-01-01'), until: day('2027-01-10') };
  assert.equal(ask('no-hold', { holds: [next, until('2026-12-31')] }), 'hold-library 2027-01-11');
});
