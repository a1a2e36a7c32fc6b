import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registerFromOneAddress } from '#test/support/registrations.ts';

// Far more than a limit by network would allow one account in an hour; 3,000 in the soak tier.
test('30 first registrations at once from one network address are all served', async () => {
  const { sent, mails } = await registerFromOneAddress(30);
  assert.deepEqual([sent, mails], [30, 30]);
});
