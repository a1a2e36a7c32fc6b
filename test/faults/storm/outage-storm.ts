import { setTimeout } from 'node:timers/promises';
import type { FickleParty } from '../outages/fickle-party.ts';
import { BAD_MOODS } from '../outages/fickle-party.ts';
import { checkAftermath, tellStanding } from './aftermath.ts';
import { live } from './lives.ts';
import { withStormHouse } from './storm-house.ts';

export type OutageStorm = {
  readonly seconds: number;
  readonly clients: number;
  readonly seed: number;
  readonly report: (line: string) => void;
};

/** Well for a while, then not, again and again until `isOver`; well in the end. Returns how often it fell. */
const waver = async (party: FickleParty, random: () => number, isOver: () => boolean): Promise<number> => {
  let falls = 0;
  while (!isOver()) {
    await setTimeout(5000 + random() * 25_000);
    if (isOver()) break;
    falls += 1;
    await party.become(BAD_MOODS[Math.floor(random() * BAD_MOODS.length)] ?? 'refuses');
    await setTimeout(5000 + random() * 35_000);
    await party.become('well');
  }
  return falls;
};

/**
 * People who register, order, pay, print, cancel and send online, while the mail relay, the payment company, the
 * timestamp authority and the copiers each fall away and come back at random. Then everything catches up by itself.
 */
export const runOutageStorm = ({ seconds, clients, seed, report }: OutageStorm): Promise<void> =>
  withStormHouse(seed, async (house) => {
    const { world, parties } = house;
    let over = false;
    const isOver = (): boolean => over;
    const lives = Array.from({ length: clients }, (_, client) => live(house, client, isOver));
    const wavering = Object.values(parties).map((party) => waver(party, world.random, isOver));
    const failed = Promise.all(lives).then(() => new Promise<never>(() => {}));
    try {
      for (let passed = 0; passed < seconds; passed += 30) {
        await Promise.race([failed, setTimeout(30_000)]);
        report(`${world.seen.count()} operations: ${world.seen.summary()}`);
      }
      over = true;
      const falls = (await Promise.all(wavering)).reduce((sum, times) => sum + times, 0);
      report(`${falls} outages are over`);
      await Promise.all(lives);
      await house.allDone();
      // What a connection carried when its party fell may have been taken, as with a death.
      await checkAftermath(house, { deaths: falls, report });
    } catch (error) {
      report(await tellStanding(house));
      throw error;
    }
  });
