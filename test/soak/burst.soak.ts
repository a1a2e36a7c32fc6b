import { test } from 'node:test';
import { describeBurst } from '#test/support/burst/describe-burst.ts';
import { runBurst } from '#test/support/burst/run-burst.ts';

/**
 * `AKASHI_BURST=<journeys>/<seconds>` asks for another burst than that of a semester's start, whose last journeys have ten of
 * its 300 seconds left to end in.
 */
const [journeys = 3000, seconds = 290] = (process.env['AKASHI_BURST'] ?? '3000/290').split('/').map(Number);

test(`${journeys} whole journeys that begin within ${seconds} s end without an error, each sheet printed once`, (t) =>
  runBurst({ journeys, seconds, warmUp: 100 }, (burst) => {
    for (const line of describeBurst(burst)) t.diagnostic(line);
    for (const line of burst.failures.slice(0, 20)) t.diagnostic(line);
  }));
