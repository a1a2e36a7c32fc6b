import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { openTransparencyLog } from '#features/transparency-log/index.ts';
import { manualClock } from '#platform/clock.ts';
import { withDatabase } from '#test/support/database.ts';
import { openStatusList } from './read-status-list.ts';

const withdrawal = (serial: string) => {
  const named = { kind: 'void', serial, impression: 1 } as const;
  const build = async (at: Temporal.Instant) => ({
    ...named,
    reason: 'error',
    at: at.epochMilliseconds / 1000,
  });
  return { ...named, build };
};

test('the list is compressed once for all who ask within a minute, and says at once what is withdrawn', () =>
  withDatabase(async ({ db }) => {
    const clock = manualClock('2026-11-24T02:00:00Z');
    const log = openTransparencyLog(db, clock, { origin: 'log', signers: async () => [] });
    const read = openStatusList(db, clock);
    const told = async (): Promise<{ asOf: string; serials: string[] }> => {
      const { asOf, entries } = JSON.parse(Buffer.from(await (await read())('plain')).toString());
      return { asOf, serials: entries.map(({ serial }: { serial: string }) => serial) };
    };
    assert.deepEqual(await told(), { asOf: '2026-11-24T02:00:00Z', serials: [] });
    clock.advance({ seconds: 10 });
    await log.append(withdrawal('A'));
    const after = { asOf: '2026-11-24T02:00:10Z', serials: ['A'] };
    assert.deepEqual(await told(), after);
    clock.advance({ seconds: 59 });
    assert.deepEqual(await told(), after);
    const [one, other] = [await read(), await read()];
    assert.equal(await one('br'), await other('br'));
    const plain = await one('plain');
    assert.deepEqual(new Uint8Array(brotliDecompressSync(await one('br'))), plain);
    assert.deepEqual(new Uint8Array(gunzipSync(await one('gzip'))), plain);
    clock.advance({ seconds: 1 });
    assert.deepEqual(await told(), { asOf: '2026-11-24T02:01:10Z', serials: ['A'] });
  }));
