import { test } from 'node:test';
import { runOutageStorm } from '#test/faults/storm/outage-storm.ts';

const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);
const started = performance.now();
const report = (line: string): void =>
  console.log(`${Math.round((performance.now() - started) / 1000)} s: ${line}`);

test(`mail relay, payment company, timestamp authority and copiers fall away at random for six minutes, and everything catches up (AKASHI_SEED=${seed})`, () =>
  runOutageStorm({ seconds: 360, clients: 4, seed, report }));
