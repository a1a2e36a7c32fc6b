import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withDatabase } from '#test/support/database.ts';
import { runHistories } from '#test/support/payment-history.ts';
import { INVARIANTS } from '#test/support/payment-invariants.ts';

const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 2 ** 31);

test(`100 histories of an order, its money and its crashes hold every invariant (AKASHI_SEED=${seed})`, (t) =>
  withDatabase(async (database) => {
    assert.ok(INVARIANTS.length >= 12);
    t.diagnostic(`seed ${seed}, ${INVARIANTS.length} invariants`);
    await runHistories(database, { runs: 100, seed });
  }));
