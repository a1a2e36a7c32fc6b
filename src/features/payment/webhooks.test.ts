import { test } from 'node:test';
import { withDatabase } from '#test/support/database.ts';
import { runWebhookStorm } from '#test/support/webhook-storm.ts';

const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 2 ** 31);

test(`100 webhooks at once equal a model of one thread (AKASHI_SEED=${seed})`, () =>
  withDatabase(async (database) => void (await runWebhookStorm(database, { webhooks: 100, seed }))));
