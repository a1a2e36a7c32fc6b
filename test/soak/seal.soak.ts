import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptedChanges } from '#test/support/changed-seals.ts';

const COUNT = 100_000;
const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);

test(`of ${COUNT} random changes of one bit of a seal none is accepted (seed ${seed})`, async () => {
  const started = performance.now();
  assert.deepEqual(await acceptedChanges(COUNT, seed), []);
  console.log(`${COUNT} changes in ${((performance.now() - started) / 1000).toFixed(1)} s`);
});
