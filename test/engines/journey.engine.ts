import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { skipLoudly } from '#test/support/skip.ts';
import { walkMainJourney } from '../journeys/steps/main-journey.ts';
import { walkerOn } from '../journeys/steps/walker.ts';
import { beginWalk, withWorld } from '../journeys/steps/world.ts';
import { ENGINES, SIZES } from './engines.ts';
import { verifyWithoutNetwork } from './verification.ts';

for (const { name, absent, open } of ENGINES) {
  for (const size of SIZES) {
    const language = size.name === 'phone' ? 'ja' : 'en';
    test(`${name}, ${size.name}: the main journey, then a photograph of the sheet without a network`, async (t) => {
      const engine = await open(size, language);
      if (engine === undefined) return skipLoudly(t, absent);
      const started = performance.now();
      try {
        await withWorld(async (world) => {
          const walk = await beginWalk(world, walkerOn(engine, language));
          const { sheet } = await walkMainJourney(walk);
          await verifyWithoutNetwork(walk, engine, sheet);
        });
      } catch (error) {
        const picture = await engine.screenshot().catch(() => Buffer.alloc(0));
        writeFileSync(join(tmpdir(), `akashi-engine-${name}-${size.name}.png`), picture);
        throw error;
      } finally {
        await engine.close();
      }
      console.log(`${name}, ${size.name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    });
  }
}
