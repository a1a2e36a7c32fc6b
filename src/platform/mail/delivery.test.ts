import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deliverAll } from '#test/soak/mail-delivery.ts';
import { withDatabase } from '#test/support/database.ts';

const COUNT = 100;
const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);

for (const misfortune of ['busy', 'away'] as const) {
  test(`each of ${COUNT} mails arrives exactly once at a relay that is ${misfortune} (seed ${seed})`, () =>
    withDatabase(async (database) => {
      const arrived = await deliverAll(database, { count: COUNT, seed, misfortune });
      assert.equal(arrived.size, COUNT);
      assert.deepEqual([...new Set(arrived.values())], [1]);
    }));
}

test(`each of ${COUNT} mails arrives, the same one by its Message-ID, at a relay that breaks off (seed ${seed})`, () =>
  withDatabase(async (database) => {
    const arrived = await deliverAll(database, { count: COUNT, seed, misfortune: 'breaking' });
    assert.equal(arrived.size, COUNT);
  }));
