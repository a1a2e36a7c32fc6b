import { test } from 'node:test';
import { runKillStorm } from '#test/faults/storm/kill-storm.ts';

const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);
const started = performance.now();
const report = (line: string): void =>
  console.log(`${Math.round((performance.now() - started) / 1000)} s: ${line}`);

test(`the service and the database are each killed 50 times under load: of 10,000 acknowledged operations none is lost or doubled (AKASHI_SEED=${seed})`, async () => {
  await runKillStorm({ kills: 50, operations: 10_000, clients: 12, seed, untilPrinted: true, report });
});
