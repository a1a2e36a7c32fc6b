import { test } from 'node:test';
import { withIssuing } from '#test/support/issuing.ts';
import { jam } from '#test/support/jams.ts';

const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);

test(`10 jams, power losses and lost reports leave one valid paper for each copy (seed ${seed})`, () =>
  withIssuing((world) => jam(world, { times: 10, seed })));
