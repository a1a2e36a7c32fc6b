import assert from 'node:assert/strict';
import type { Case } from './case.ts';
import { acted, open, paid, refundOf, refused } from './case.ts';

export const REFUNDS: readonly Case[] = [
  [
    'the whole goes back',
    async (company) => {
      const { amount, state } = await company.provider.refund(refundOf(await paid(company)));
      assert.deepEqual([amount, state], [660, 'succeeded']);
    },
  ],
  [
    'a look shows the refund with our reference',
    async (company) => {
      const checkout = await paid(company);
      const request = refundOf(checkout);
      const refund = await company.provider.refund(request);
      assert.deepEqual((await company.provider.get(checkout.id)).refunds, [refund]);
      assert.equal(refund.reference, request.reference);
    },
  ],
  [
    'a part, then the rest',
    async (company) => {
      const checkout = await paid(company);
      await company.provider.refund(refundOf(checkout, { amount: 500 }));
      await company.provider.refund(refundOf(checkout, { amount: 160 }));
      const { refunds } = await company.provider.get(checkout.id);
      assert.deepEqual(refunds.map(({ amount }) => amount).sort(), [160, 500]);
    },
  ],
  [
    'more than is left is refused for good',
    async (company) => {
      const checkout = await paid(company);
      await company.provider.refund(refundOf(checkout, { amount: 500 }));
      await refused(company.provider.refund(refundOf(checkout, { amount: 161 })));
    },
  ],
  [
    'a second whole is refused for good',
    async (company) => {
      const checkout = await paid(company);
      await company.provider.refund(refundOf(checkout));
      await refused(company.provider.refund(refundOf(checkout)));
    },
  ],
  [
    'an unpaid checkout gives nothing back',
    async (company) => {
      const checkout = await open(company);
      await refused(company.provider.refund(refundOf(checkout)));
    },
  ],
  [
    'an amount of 0 does not go back',
    async (company) => {
      const checkout = await paid(company);
      await refused(company.provider.refund(refundOf(checkout, { amount: 0 })));
    },
  ],
  [
    'one key gives one refund',
    async (company) => {
      const request = refundOf(await paid(company), { amount: 100 });
      const [one, two] = [await company.provider.refund(request), await company.provider.refund(request)];
      assert.equal(one.id, two.id);
      assert.equal((await company.provider.get(request.checkoutId)).refunds.length, 1);
    },
  ],
  [
    'two keys give two refunds',
    async (company) => {
      const checkout = await paid(company);
      await company.provider.refund(refundOf(checkout, { amount: 100 }));
      await company.provider.refund(refundOf(checkout, { amount: 100 }));
      assert.equal((await company.provider.get(checkout.id)).refunds.length, 2);
    },
  ],
  [
    'a refund in progress is in progress',
    async (company) => {
      const checkout = await paid(company);
      await company.nextRefund('pending');
      assert.equal((await company.provider.refund(refundOf(checkout))).state, 'pending');
    },
  ],
  [
    'a refund in progress ends',
    async (company) => {
      const checkout = await paid(company);
      await company.nextRefund('pending');
      await company.provider.refund(refundOf(checkout));
      assert.equal((await acted(company, checkout, 'succeed-refunds')).refunds[0]?.state, 'succeeded');
    },
  ],
  [
    'a refund in progress fails, and another may follow',
    async (company) => {
      const checkout = await paid(company);
      await company.nextRefund('pending');
      await company.provider.refund(refundOf(checkout));
      assert.equal((await acted(company, checkout, 'fail-refunds')).refunds[0]?.state, 'failed');
      assert.equal((await company.provider.refund(refundOf(checkout))).state, 'succeeded');
    },
  ],
  [
    'a refund that fails at once says so',
    async (company) => {
      const checkout = await paid(company);
      await company.nextRefund('failed');
      assert.equal((await company.provider.refund(refundOf(checkout))).state, 'failed');
    },
  ],
  [
    'what was given back was paid all the same',
    async (company) => {
      const checkout = await paid(company);
      await company.provider.refund(refundOf(checkout));
      const { state, amount } = await company.provider.get(checkout.id);
      assert.deepEqual([state, amount], ['paid', 660]);
    },
  ],
];
