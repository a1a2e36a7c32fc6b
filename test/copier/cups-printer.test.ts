import { test } from 'node:test';
import { withCampusAt } from '#test/support/campus.ts';
import { whyNoCups, withCupsPrinter } from '#test/support/cups-printer.ts';
import { pushAll } from '#test/support/push-storm.ts';
import { skipLoudly } from '#test/support/skip.ts';

const seed = Number(process.env['AKASHI_SEED'] ?? Date.now() % 1_000_000);

test(`CUPS' printer puts out 10 of 10 jobs byte for byte, busy, jammed and cut off in between (seed ${seed})`, async (t) => {
  const why = whyNoCups();
  if (why !== null) return skipLoudly(t, why);
  await withCupsPrinter((printer) =>
    withCampusAt(printer.uri, (world) => pushAll(world, printer, { orders: 10, seed })),
  );
});
