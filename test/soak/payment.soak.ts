import { test } from 'node:test';
import { withDatabase } from '#test/support/database.ts';
import { runHistories } from '#test/support/payment-history.ts';
import { runWebhookStorm } from '#test/support/webhook-storm.ts';

const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 2 ** 31);

test(`10,000 webhooks at once equal a model of one thread (AKASHI_SEED=${seed})`, (t) =>
  withDatabase(async (database) => {
    const rate = await runWebhookStorm(database, { webhooks: 10_000, seed });
    t.diagnostic(`${Math.round(rate)} webhooks a second`);
  }));

test(`10,000 histories of an order hold every invariant (AKASHI_SEED=${seed})`, () =>
  withDatabase((database) => runHistories(database, { runs: 10_000, seed })));
