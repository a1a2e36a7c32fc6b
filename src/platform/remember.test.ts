import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from './clock.ts';
import { rememberFor } from './remember.ts';

test('a value is read once in its life for all who ask, and an error is not remembered', async () => {
  const clock = manualClock('2026-11-24T01:00:00Z');
  let reads = 0;
  const value = rememberFor(clock, { minutes: 1 }, async () => {
    reads += 1;
    if (reads === 2) throw new Error('away');
    return reads;
  });
  assert.deepEqual(await Promise.all([value(), value()]), [1, 1]);
  clock.advance({ seconds: 59 });
  assert.equal(await value(), 1);
  clock.advance({ seconds: 1 });
  await assert.rejects(value(), /away/);
  assert.equal(await value(), 3);
  assert.equal(await value(), 3);
});
