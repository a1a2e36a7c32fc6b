import type { Ending } from './journeys.ts';
import { buyAtStore, registerAddress, sendOnline } from './journeys.ts';
import type { Person } from './people.ts';
import type { StormHouse } from './storm-house.ts';
import type { StormWorld } from './world.ts';

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
  newcomer,
  newcomer,
];

/** Does one thing after another, as everybody else but not at the same time, until the storm is over. */
export const live = async ({ world }: StormHouse, client: number, isOver: () => boolean): Promise<void> => {
  const person = await world.enter(`client${client}`, `client${client}@example.jp`);
  for (let n = 0; !isOver(); n += 1) {
    const next = LIVES[(client * 2 + n) % LIVES.length] ?? newcomer;
    await next(world, person, `c${client}-${n}`);
  }
};
