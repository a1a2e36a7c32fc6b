import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HealthExamination } from '#domain/person/person.ts';
import { ask, day, noon } from '#test/support/eligibility.ts';

const examined = (on: string, change: Partial<HealthExamination> = {}) => ({
  healthExaminations: [
    {
      examinedOn: day(on),
      releasedOn: day(on),
      physicianJa: '水野 陽子',
      physicianEn: 'MIZUNO Yoko',
      englishForm: false,
      findings: [],
      ...change,
    },
  ],
});

test('the examination must be of this academic year, which changes on 1 April', () => {
  assert.equal(ask('health-examined'), 'no-health-examination');
  assert.equal(ask('health-examined', examined('2026-04-01')), 'ok');
  assert.equal(ask('health-examined', examined('2026-03-31')), 'no-health-examination');
  assert.equal(ask('health-examined', { ...examined('2026-04-10'), now: noon('2027-03-31') }), 'ok');
  assert.equal(
    ask('health-examined', { ...examined('2026-04-10'), now: noon('2027-04-01') }),
    'no-health-examination',
  );
});

test('results wait for their release, English for a signed English form', () => {
  const later = examined('2026-04-10', { releasedOn: day('2026-12-01') });
  assert.equal(ask('health-examined', later), 'health-not-released 2026-12-01');
  assert.equal(ask('health-examined', { ...later, now: noon('2026-12-01') }), 'ok');
  assert.equal(
    ask('health-examined', { ...examined('2026-04-10'), language: 'en' }),
    'no-english-health-form',
  );
  const signed = examined('2026-04-10', { englishForm: true });
  assert.equal(ask('health-examined', { ...signed, language: 'en' }), 'ok');
});
