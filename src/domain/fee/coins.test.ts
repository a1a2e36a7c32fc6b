import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { coinsFor } from './coins.ts';

test('the coins named make the amount, and none could be changed for a larger one', () => {
  fc.assert(
    fc.property(fc.nat({ max: 400 }), (tens) => {
      const coins = coinsFor(tens * 10);
      assert.equal(
        coins.reduce((sum, [coin, count]) => sum + coin * count, 0),
        tens * 10,
      );
      const most = new Map([
        [100, 4],
        [50, 1],
        [10, 4],
      ]);
      for (const [coin, count] of coins) assert.ok(count <= (most.get(coin) ?? 1000));
    }),
  );
  assert.deepEqual(coinsFor(180), [
    [100, 1],
    [50, 1],
    [10, 3],
  ]);
});
