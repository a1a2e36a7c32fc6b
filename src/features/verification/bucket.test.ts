import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LARGEST_BUCKET, prefixLength } from './bucket.ts';

test('a bucket holds at least sixteen certificates, so that a request names none, and never too many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000_000 }), (records) => {
      const expected = records / 32 ** prefixLength(records);
      assert.ok(expected >= Math.min(16, records), `${expected} of ${records}`);
      assert.ok(expected * 2 <= LARGEST_BUCKET, `${expected} of ${records}`);
    }),
    { examples: [[1], [511], [512], [16_384], [524_288], [16_777_216]] },
  );
});
