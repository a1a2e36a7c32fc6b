import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { subject as base, day, enrolled } from '#test/support/eligibility.ts';
import { checkEligibility, ELIGIBILITY_RULE_NAMES } from './rules.ts';

test('the gravest refusal is the one that is told', () => {
  const subject = {
    ...base,
    holds: [
      { id: 'h1', enrolmentId: null, reason: 'tuition', from: day('2026-11-01'), until: null } as const,
    ],
    ...enrolled({ status: 'struck-off', leftOn: day('2026-09-30') }),
  };
  const answer = checkEligibility(['current-student', 'no-hold', 'not-struck-off'], subject);
  assert.deepEqual(answer, { eligible: false, reason: 'struck-off' });
});

test('every rule is a file of its own, with its test beside it', async () => {
  const files = await readdir(new URL('rules/', import.meta.url));
  const expected = ELIGIBILITY_RULE_NAMES.flatMap((name) => [`${name}.test.ts`, `${name}.ts`]);
  assert.deepEqual(files.toSorted(), expected.toSorted());
});
