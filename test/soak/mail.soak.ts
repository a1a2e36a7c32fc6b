import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withDatabase } from '#test/support/database.ts';
import { deliverAll } from './mail-delivery.ts';

const COUNT = 10_000;
const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);

test(`a relay that answers 421 or 451 to one in ten gets each of ${COUNT} mails exactly once (seed ${seed})`, () =>
  withDatabase(async (database) => {
    const started = performance.now();
    const arrived = await deliverAll(database, { count: COUNT, seed, misfortune: 'busy' });
    console.log(`${COUNT} mails in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    assert.equal(arrived.size, COUNT);
    assert.deepEqual([...new Set(arrived.values())], [1]);
  }));
