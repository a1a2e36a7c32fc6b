import { test } from 'node:test';
import { withDatabase } from '#test/support/database.ts';
import { runDeliveryHistories } from '#test/support/delivery-history.ts';

const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 2 ** 31);

test(`30 histories of sendings, up to three things at once, hold (AKASHI_SEED=${seed})`, () =>
  withDatabase((database) => runDeliveryHistories(database, { runs: 30, seed })));
