import assert from 'node:assert/strict';
import { untilDone } from '../payment.ts';
import type { Case } from './case.ts';
import { refundOf, unknown, until, verify, wanted } from './case.ts';

const DEAD: readonly Case[] = [
  ['nobody there: not known', async ({ dead }) => unknown(dead.create(wanted()))],
  [
    'nobody there for a refund: not known',
    async ({ dead }) => {
      await unknown(dead.refund({ idempotencyKey: 'a', reference: 'a', checkoutId: 'chk', amount: 1 }));
    },
  ],
  ['a wrong key: not known', async ({ withKey }) => unknown(withKey('sk_test_wrong').create(wanted()))],
  [
    'an error tells no key',
    async ({ withKey }) => {
      await assert.rejects(
        withKey('sk_test_wrong').get('chk'),
        (error: Error) => !error.message.includes('sk_test'),
      );
    },
  ],
];

/** The same under 500 after success, dropped answers, duplicates, reordering, delays and forgeries. */
const CHAOS: readonly Case[] = [
  [
    'under chaos a repeated question finds one open checkout',
    async (_, chaotic) => {
      const one = wanted();
      const { id } = await untilDone(() => chaotic.provider.create(one));
      await chaotic.act(id, 'succeed');
      assert.equal((await untilDone(() => chaotic.provider.get(id))).state, 'paid');
    },
  ],
  [
    'under chaos ten checkouts are paid in their amounts',
    async (_, chaotic) => {
      for (let amount = 500; amount < 510; amount += 1) {
        const one = wanted({ amount });
        const { id } = await untilDone(() => chaotic.provider.create(one));
        await chaotic.act(id, 'succeed');
        assert.equal((await chaotic.provider.get(id)).amount, amount);
      }
    },
  ],
  [
    'under chaos money goes back once',
    async (_, chaotic) => {
      const one = wanted();
      const { id } = await untilDone(() => chaotic.provider.create(one));
      await chaotic.act(id, 'succeed');
      const checkout = await chaotic.provider.get(id);
      const request = refundOf(checkout);
      // As the service does it: look first, then ask again.
      for (
        let attempt = 0;
        (await chaotic.provider.get(id)).refunds.length === 0 && attempt < 60;
        attempt += 1
      ) {
        await chaotic.provider.refund(request).catch(() => null);
      }
      assert.deepEqual(
        (await chaotic.provider.get(id)).refunds.map(({ amount }) => amount),
        [660],
      );
    },
  ],
  [
    'under chaos a checkout closes',
    async (_, chaotic) => {
      const one = wanted();
      const { id } = await untilDone(() => chaotic.provider.create(one));
      assert.equal((await untilDone(() => chaotic.provider.cancel(id))).state, 'closed');
    },
  ],
  [
    'under chaos a forged message never passes, and a duplicate has the id of the first',
    async (_, chaotic) => {
      const one = wanted();
      const { id } = await untilDone(() => chaotic.provider.create(one));
      for (let round = 0; round < 50; round += 1) await chaotic.act(id, 'decline');
      await until(() => chaotic.received.length > 50);
      const events = await Promise.all(chaotic.received.map((one) => verify(chaotic, one)));
      const genuine = events.filter((event) => event !== null).map(({ eventId }) => eventId);
      assert.ok(genuine.length < events.length, 'some were forged');
      assert.ok(new Set(genuine).size < genuine.length, 'some came twice');
    },
  ],
];

export const FAILURES: readonly Case[] = [...DEAD, ...CHAOS];
