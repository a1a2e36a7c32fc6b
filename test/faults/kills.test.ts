import { test } from 'node:test';
import { runKillStorm } from './storm/kill-storm.ts';

const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);

test(`the service and the database are each killed under load: of 100 acknowledged operations none is lost or doubled (AKASHI_SEED=${seed})`, (t) =>
  runKillStorm({
    kills: 1,
    operations: 100,
    clients: 4,
    seed,
    untilPrinted: false,
    report: (line) => t.diagnostic(line),
  }).then(({ acknowledged }) => t.diagnostic(`${acknowledged} operations`)));
