import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, enrolled } from '#test/support/eligibility.ts';

test('graduation is for undergraduates', () => {
  const levels = ['bachelor', 'master', 'doctor', 'non-degree'] as const;
  const granted = levels.filter((level) => ask('undergraduate', enrolled({ level })) === 'ok');
  assert.deepEqual(granted, ['bachelor']);
});
