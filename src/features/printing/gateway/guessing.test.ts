import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedHits } from '#domain/print-number/print-number.ts';
import { withCopiers } from '#test/support/copier-gateway.ts';
import { guess, race } from '#test/support/guesses.ts';
import { DEVICE_MISSES } from './pace.ts';

const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);

test('a million guesses against ten thousand live numbers are expected to hit 0.00001 times before any lock-out', () => {
  assert.ok(Math.abs(expectedHits(1e6, 1e4) - 1e-5) < 1e-18);
  // What the limits leave one stolen device in a year: five misses in ten minutes.
  const inOneYear = DEVICE_MISSES * 6 * 24 * 365;
  assert.ok(expectedHits(inOneYear, 1e4) < 1e-5);
});

test(`200 real guesses hit nothing (seed ${seed})`, () =>
  withCopiers(async (world) => {
    for (let n = 0; n < 10; n += 1) await world.addOrder();
    assert.equal(await guess(world, { guesses: 200, seed }), 0);
  }));

test('of 20 machines that claim at once one wins, for each of 25 orders', () =>
  withCopiers((world) => race(world, { claimers: 20, orders: 25 })));
