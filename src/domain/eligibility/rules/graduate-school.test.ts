import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, enrolled } from '#test/support/eligibility.ts';

test('completion is for the graduate school', () => {
  const levels = ['bachelor', 'master', 'doctor', 'non-degree'] as const;
  const granted = levels.filter((level) => ask('graduate-school', enrolled({ level })) === 'ok');
  assert.deepEqual(granted, ['master', 'doctor']);
});
