import { setTimeout } from 'node:timers/promises';
import { checkAftermath, tellStanding } from './aftermath.ts';
import { live } from './lives.ts';
import type { StormHouse } from './storm-house.ts';
import { withStormHouse } from './storm-house.ts';

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
    const { world, mailbox } = house;
    const { seen } = world;
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
      while (seen.count() < goal) await Promise.race([failed, setTimeout(50).then(mailbox.arrivals)]);
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
    await checkAftermath(house, { deaths: 2 * kills, report });
    return { acknowledged: seen.count() };
  });
