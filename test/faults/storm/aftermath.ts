import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { KINDS } from './acknowledged.ts';
import { checkStorm } from './check-storm.ts';
import { awaitSome } from './insist.ts';
import { listBroken } from './invariants.ts';
import type { StormHouse } from './storm-house.ts';

/** Longer than the longest pause that anything has come to in a storm. */
const PATIENCE_MS = 900_000;

/** What stands still, for whoever looks for the reason. */
export const tellStanding = async ({ world: { db } }: StormHouse): Promise<string> => {
  const { rows } = await sql
    .raw<object>(`
    select t.identifier, j.payload, j.attempts, j.locked_by, j.last_error, now() - j.run_at as due_for
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.locked_at is not null or j.run_at < now() order by j.run_at limit 20`)
    .execute(db);
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
};

/** Whoever kept a print number still has it: all of them work at a machine. */
const checkNumbers = async ({ world }: StormHouse): Promise<number> => {
  const { db, seen, machine } = world;
  const ready = await db
    .selectFrom('certificate_order')
    .select('order_number')
    .where('state', '=', 'ready')
    .execute();
  for (const { order_number: number } of ready) {
    const [printNumber = '', pin = ''] = (seen.of('ticket shown').get(number) ?? '').split(' ');
    if (printNumber === '') continue;
    const offer = await machine.lookUp({ printNumber, pin }, `last-${number}`);
    assert.ok(offer !== null, `the print number of ${number} works`);
  }
  return ready.length;
};

/** Nobody does anything any more: what was left undone is done without anybody's help, and then everything is counted. */
export const checkAftermath = async (
  house: StormHouse,
  { deaths, report }: { readonly deaths: number; readonly report: (line: string) => void },
): Promise<void> => {
  const { world, mailbox, dataFolder, service } = house;
  const { db, seen } = world;
  let broken: string[] = [];
  const undone = async (): Promise<true | null> => {
    broken = await listBroken(db);
    return broken.length === 0 ? true : null;
  };
  await awaitSome('everything to be done', undone, PATIENCE_MS).catch(() => {});
  assert.deepEqual(broken, []);
  await mailbox.arrivals();
  for (const kind of KINDS) assert.ok(seen.of(kind).size > 0, `somebody ${kind}`);
  report(`${seen.count()} operations: ${seen.summary()}`);
  const numbers = await checkNumbers(house);
  await checkStorm({ db, seen, mailbox, dataFolder, deaths });
  report(`${numbers} print numbers work; ${await service.command('log', 'verify')}`);
  report(await service.command('audit', 'verify'));
};
