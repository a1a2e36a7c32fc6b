import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCopiers } from '#test/support/copier-gateway.ts';
import { guess, race } from '#test/support/guesses.ts';
import { withIssuing } from '#test/support/issuing.ts';
import { jam } from '#test/support/jams.ts';

const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);

test(`20,000 real guesses against 1,000 live numbers hit nothing (seed ${seed})`, () =>
  withCopiers(async (world) => {
    for (let n = 0; n < 1000; n += 1) await world.addOrder();
    assert.equal(await guess(world, { guesses: 20_000, seed }), 0);
    assert.ok(world.alarms.length > 0);
  }));

test('of 200 machines that claim at once one wins, for each of 500 orders', () =>
  withCopiers((world) => race(world, { claimers: 200, orders: 500 })));

test(`1,000 jams, power losses and lost reports leave one valid paper for each copy (seed ${seed})`, () =>
  withIssuing((world) => jam(world, { times: 1000, seed })));
