import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { KINDS } from './acknowledged.ts';
import { checkStorm } from './check-storm.ts';
import { awaitSome } from './insist.ts';
import { listBroken } from './invariants.ts';
import type { Ending } from './journeys.ts';
import { buyAtStore, registerAddress, sendOnline } from './journeys.ts';
import type { Person } from './people.ts';
import type { StormHouse } from './storm-house.ts';
import { withStormHouse } from './storm-house.ts';
import type { StormWorld } from './world.ts';

export type KillStorm = {
  /** How often each of the two is killed. */
  readonly kills: number;
  /** How many operations are to be acknowledged at least. */
  readonly operations: number;
  readonly clients: number;
  readonly seed: number;
  /** Whether what waits for the end of a lost lease is waited for; it takes two minutes. */
  readonly untilPrinted: boolean;
  readonly report: (line: string) => void;
};

type Life = (world: StormWorld, person: Person, name: string) => Promise<void>;

const atStore =
  (ending: Ending): Life =>
  (world, person, name) =>
    buyAtStore(world, person, { device: name, ending });
const online: Life = (world, person, name) => sendOnline(world, person, `${name}@uni.example`);
const newcomer: Life = (world, _person, name) => registerAddress(world, name);

/** What people do, as often as they do it. */
const LIVES: readonly Life[] = [
  atStore('prints'),
  online,
  atStore('cancels after paying'),
  newcomer,
  atStore('prints'),
  atStore('keeps the number'),
  atStore('prints'),
  atStore('cancels before paying'),
  atStore('prints'),
  online,
  atStore('prints'),
  newcomer,
];

/** Does one thing after another, as everybody else but not at the same time, until the storm is over. */
const live = async ({ world }: StormHouse, client: number, isOver: () => boolean): Promise<void> => {
  const person = await world.enter(`client${client}`, `client${client}@example.jp`);
  for (let n = 0; !isOver(); n += 1) {
    const next = LIVES[(client * 2 + n) % LIVES.length] ?? newcomer;
    await next(world, person, `c${client}-${n}`);
  }
};

/** What stands still, for whoever looks for the reason. */
const tellStanding = async ({ world: { db } }: StormHouse): Promise<string> => {
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

const kill = async ({ database, service }: StormHouse, what: 'service' | 'database'): Promise<void> => {
  if (what === 'service') {
    await service.kill();
    return service.revive();
  }
  database.kill();
  await database.revive();
  service.requireAlive();
};

/**
 * People who register, order, pay, print, cancel and send online, until `operations` are acknowledged, while the service
 * and the database are killed (−9) in turn, `kills` times each. Then what was left undone is done by itself, and
 * everything is counted.
 */
export const runKillStorm = (storm: KillStorm): Promise<{ acknowledged: number }> =>
  withStormHouse(storm.seed, async (house) => {
    const { world, mailbox, dataFolder, service } = house;
    const { seen, db } = world;
    const { kills, operations, report } = storm;
    let over = false;
    const lives = Array.from({ length: storm.clients }, (_, client) =>
      live(house, client, () => over).catch(async (error: unknown) => {
        report(await tellStanding(house));
        throw error;
      }),
    );
    const failed = Promise.all(lives).then(() => new Promise<never>(() => {}));
    const reaches = async (goal: number): Promise<void> => {
      while (seen.count() < goal) await Promise.race([failed, setTimeout(50)]);
    };
    for (let done = 1; done <= 2 * kills; done += 1) {
      await reaches((operations * done) / (2 * kills + 1));
      // Not only just after an answer.
      await setTimeout(world.random() * 400);
      await Promise.race([failed, kill(house, done % 2 === 0 ? 'database' : 'service')]);
      if (done % 10 === 0) report(`${done} deaths, ${seen.count()} operations: ${seen.summary()}`);
    }
    await reaches(operations);
    over = true;
    await Promise.all(lives);
    report(`${house.waiting()} prints wait for the end of a lease`);
    if (storm.untilPrinted) await house.allDone();
    report(`${seen.count()} operations: ${seen.summary()}`);
    // Nobody does anything any more: what was left undone is done without anybody's help.
    let broken: string[] = [];
    await awaitSome('everything to be done', async () => {
      broken = await listBroken(db);
      return broken.length === 0 ? true : null;
    }).catch(() => {});
    assert.deepEqual(broken, []);
    for (const kind of KINDS) assert.ok(seen.of(kind).size > 0, `somebody ${kind}`);
    const numbers = await checkNumbers(house);
    await checkStorm({ db, seen, mailbox, dataFolder, deaths: 2 * kills });
    report(`${numbers} print numbers work; ${await service.command('log', 'verify')}`);
    report(await service.command('audit', 'verify'));
    return { acknowledged: seen.count() };
  });
