import assert from 'node:assert/strict';
import { systemClock } from '#platform/clock.ts';
import type { Case } from './case.ts';
import { itemsOf, paid, refundOf, SINCE } from './case.ts';

export const SETTLEMENTS: readonly Case[] = [
  [
    'a payout names our payment, its amount and fee',
    async (company) => {
      const checkout = await paid(company);
      await company.closeDay();
      const [item] = await itemsOf(company, checkout);
      assert.deepEqual([item?.kind, item?.amount], ['payment', 660]);
      assert.ok((item?.fee ?? 0) > 0);
    },
  ],
  [
    'a payout names what went back',
    async (company) => {
      const checkout = await paid(company);
      await company.provider.refund(refundOf(checkout, { amount: 100 }));
      await company.closeDay();
      const back = (await itemsOf(company, checkout)).filter(({ kind }) => kind === 'refund');
      assert.deepEqual(
        back.map(({ amount }) => amount),
        [100],
      );
    },
  ],
  [
    'a payment is paid out once',
    async (company) => {
      const checkout = await paid(company);
      await company.closeDay();
      await company.closeDay();
      assert.equal((await itemsOf(company, checkout)).length, 1);
    },
  ],
  [
    'a payout is its payments less refunds and fees',
    async (company) => {
      await paid(company);
      await company.closeDay();
      for (const { amount, items } of await company.provider.settlements(SINCE)) {
        const sum = items.reduce(
          (all, item) => all + (item.kind === 'payment' ? item.amount : -item.amount) - item.fee,
          0,
        );
        assert.equal(amount, sum);
      }
    },
  ],
  [
    'nothing has been paid out in the future',
    async ({ provider }) =>
      assert.deepEqual(await provider.settlements(systemClock.now().add({ hours: 24 })), []),
  ],
];
