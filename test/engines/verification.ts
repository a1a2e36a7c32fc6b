import assert from 'node:assert/strict';
import type { Walk } from '../journeys/steps/world.ts';
import type { TriedEngine } from './engine.ts';

/** After one visit, with the network away: the photograph of the sheet is read and judged on the page alone. */
export const verifyWithoutNetwork = async (
  { walker, development, texts }: Walk,
  engine: TriedEngine,
  sheet: Buffer,
): Promise<void> => {
  const photograph = { name: 'sheet.png', mimeType: 'image/png', buffer: sheet };
  await walker.open(`${development.url}/verify`);
  await walker.see('main', texts.verification.offlineReady);
  await engine.attach('#scan-file', photograph);
  await walker.see('.verdict[data-verdict=valid]');
  await engine.goOffline(development.close);
  await walker.open(`${development.url}/verify?offline`);
  await engine.attach('#scan-file', photograph);
  await walker.see('.verdict[data-verdict=valid]');
  await walker.see('main', texts.verification.how.statusNo);
  assert.deepEqual(
    engine.complaints().filter((line) => !line.startsWith('request')),
    [],
  );
};
