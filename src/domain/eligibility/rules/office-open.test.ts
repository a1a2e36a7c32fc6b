import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, day, noon } from '#test/support/eligibility.ts';

test('closures that follow each other are one', () => {
  const closures = [
    { from: day('2026-11-24'), until: day('2026-11-25') },
    { from: day('2026-11-26'), until: day('2026-11-30') },
  ];
  assert.equal(ask('office-open', { closures }), 'office-closed 2026-12-01');
  assert.equal(ask('office-open', { closures, now: noon('2026-12-01') }), 'ok');
});
