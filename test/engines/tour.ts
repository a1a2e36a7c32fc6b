import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { describe, test } from 'node:test';
import type { Language } from '#platform/i18n/language.ts';
import { walkSignIn, withServiceAndPeer } from '#test/peers/simplesamlphp/walk.ts';
import { skipLoudly } from '#test/support/skip.ts';
import { MANUAL_STEPS, walkLoginManual } from '../journeys/steps/login-manual.ts';
import { walkMainJourney } from '../journeys/steps/main-journey.ts';
import { walkerOn } from '../journeys/steps/walker.ts';
import type { Walk } from '../journeys/steps/world.ts';
import { beginWalk, withWorld } from '../journeys/steps/world.ts';
import type { EngineMaker, Size, TriedEngine } from './engine.ts';
import { SIZES } from './engine.ts';
import { verifyWithoutNetwork } from './verification.ts';

type Tour = (walk: Walk, engine: TriedEngine) => Promise<void>;

const followManual: Tour = async (walk) => {
  const performed: string[] = [];
  await walkLoginManual(walk, async (step) => void performed.push(step));
  assert.deepEqual(performed.toSorted(), [...MANUAL_STEPS]);
  assert.deepEqual(walk.walker.complaints(), []);
};

const goThroughJourney: Tour = async (walk, engine) => {
  const { sheet } = await walkMainJourney(walk);
  if (engine.script) await verifyWithoutNetwork(walk, engine, sheet);
};

/** What is walked in every engine; each in the one language at a desk and in the other on a phone. */
const TOURS: readonly (readonly [string, Tour, Record<Size['name'], Language>])[] = [
  ['the login manual', followManual, { desktop: 'ja', phone: 'en' }],
  ['the main journey, and the sheet judged offline', goThroughJourney, { desktop: 'en', phone: 'ja' }],
];

const takeTour = async (
  t: TestContext,
  { open, absent }: EngineMaker,
  size: Size,
  [tour, language]: readonly [Tour, Language],
): Promise<void> => {
  const engine = await open(size, language);
  if (engine === undefined) return skipLoudly(t, absent);
  try {
    await withWorld(async (world) => tour(await beginWalk(world, walkerOn(engine, language)), engine));
  } catch (error) {
    const picture = await engine.screenshot().catch(() => Buffer.alloc(0));
    writeFileSync(join(tmpdir(), `akashi-engine-${engine.name}-${size.name}.png`), picture);
    throw error;
  } finally {
    await engine.close();
  }
};

/** Declares the sign-in whose assertion is posted from another site, to a service behind TLS with its `__Host-` cookies. */
export const signInAcrossSites = ({ name, open, absent }: EngineMaker): void => {
  test(`${name}: the assertion posted from another site arrives, with a real SimpleSAMLphp`, async (t) => {
    const engine = await open(SIZES[0], 'en');
    if (engine === undefined) return skipLoudly(t, absent);
    try {
      await withServiceAndPeer(t, 'address', (service) => walkSignIn(walkerOn(engine, 'en'), service));
    } finally {
      await engine.close();
    }
  });
};

/** Declares the walks in one engine, at a desk and on a phone. */
export const tourIn = (maker: EngineMaker): void => {
  describe(maker.name, () => {
    for (const [what, tour, languages] of TOURS)
      for (const size of SIZES)
        test(`${size.name}: ${what}`, (t) => takeTour(t, maker, size, [tour, languages[size.name]]));
  });
};
