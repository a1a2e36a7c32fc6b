import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registerFromOneAddress } from '#test/support/registrations.ts';

test('3,000 first registrations from one network address are all served', async (t) => {
  const { sent, mails, seconds } = await registerFromOneAddress(3000);
  t.diagnostic(`${seconds.toFixed(1)} s`);
  assert.deepEqual([sent, mails], [3000, 3000]);
});
