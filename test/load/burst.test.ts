import { test } from 'node:test';
import { describeBurst } from '#test/support/burst/describe-burst.ts';
import { runBurst } from '#test/support/burst/run-burst.ts';

test('30 whole journeys that begin within 3 seconds end without an error, each sheet printed once', (t) =>
  runBurst({ journeys: 30, seconds: 3 }, (burst) => {
    for (const line of describeBurst(burst)) t.diagnostic(line);
    for (const line of burst.failures) t.diagnostic(line);
  }));
