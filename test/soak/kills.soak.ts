import { test } from 'node:test';
import { runKillStorm } from '#test/faults/kill-storm.ts';

test('the service and the database are each killed 50 times under load: of 10,000 acknowledged operations none is lost or doubled', (t) =>
  runKillStorm({ kills: 50, operations: 10_000 }).then(({ acknowledged }) =>
    t.diagnostic(`${acknowledged} operations`),
  ));
