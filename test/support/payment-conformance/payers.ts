import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { systemClock } from '#platform/clock.ts';
import type { Case } from './case.ts';
import { acted, open, paid, refundOf, refused, withSlips } from './case.ts';

const CARD: readonly Case[] = [
  ['a paid card is paid', async (company) => assert.equal((await paid(company)).state, 'paid')],
  [
    'a paid card has its amount',
    async (company) => assert.equal((await paid(company, { amount: 777 })).amount, 777),
  ],
  [
    'a paid card has its time',
    async (company) => {
      const { paidAt } = await paid(company);
      assert.ok(paidAt !== null && systemClock.now().since(paidAt).total('seconds') < 60);
    },
  ],
  [
    'a paid card keeps our reference',
    async (company) => {
      const reference = randomUUID();
      assert.equal((await paid(company, { reference })).reference, reference);
    },
  ],
  [
    'a declined card leaves it open',
    async (company) => assert.equal((await acted(company, await open(company), 'decline')).state, 'open'),
  ],
  [
    'after a declined card another may pay',
    async (company) => {
      const declined = await acted(company, await open(company), 'decline');
      assert.equal((await acted(company, declined, 'succeed')).state, 'paid');
    },
  ],
  [
    'paying twice is paying once',
    async (company) => {
      const checkout = await paid(company);
      assert.deepEqual(await acted(company, checkout, 'succeed'), checkout);
    },
  ],
  [
    'an expired page is closed',
    async (company) => assert.equal((await acted(company, await open(company), 'expire')).state, 'closed'),
  ],
  [
    'a paid card does not expire',
    async (company) => assert.equal((await acted(company, await paid(company), 'expire')).state, 'paid'),
  ],
  [
    'money after the page had expired is paid',
    async (company) => {
      const expired = await acted(company, await open(company), 'expire');
      assert.equal((await acted(company, expired, 'succeed-late')).state, 'paid');
    },
  ],
];

const CASH: readonly Case[] = [
  [
    'numbers given, request accepted, checkout completed: not paid',
    async (company) => {
      const { state, paidAt } = await withSlips(company);
      assert.deepEqual([state, paidAt], ['open', null]);
    },
  ],
  [
    'there is a number for every chain',
    async (company) => {
      const { slips } = await withSlips(company);
      const chains = company.provider.capabilities().cashChains.map(({ code }) => code);
      assert.deepEqual(slips.map(({ chain }) => chain).sort(), chains.toSorted());
    },
  ],
  [
    'numbers are digits',
    async (company) => {
      for (const { number } of (await withSlips(company)).slips) assert.match(number, /^\d{4,}$/);
    },
  ],
  [
    'numbers stay the same',
    async (company) => {
      const { id, slips } = await withSlips(company);
      assert.deepEqual((await company.provider.get(id)).slips, slips);
    },
  ],
  [
    'cash at the till is paid',
    async (company) =>
      assert.equal((await acted(company, await withSlips(company), 'succeed')).state, 'paid'),
  ],
  [
    'cash has its amount',
    async (company) => assert.equal((await acted(company, await withSlips(company), 'succeed')).amount, 660),
  ],
  [
    'numbers that ran out are closed',
    async (company) =>
      assert.equal((await acted(company, await withSlips(company), 'expire')).state, 'closed'),
  ],
  [
    'cancelling withdraws the numbers',
    async (company) =>
      assert.equal((await company.provider.cancel((await withSlips(company)).id)).state, 'closed'),
  ],
  [
    'cash after the numbers ran out is paid',
    async (company) => {
      const expired = await acted(company, await withSlips(company), 'expire');
      assert.equal((await acted(company, expired, 'succeed-late')).state, 'paid');
    },
  ],
  [
    'cash after cancelling is paid',
    async (company) => {
      const cancelled = await company.provider.cancel((await withSlips(company)).id);
      assert.equal((await acted(company, cancelled, 'succeed-late')).state, 'paid');
    },
  ],
  [
    'a refund of cash is refused for good',
    async (company) => {
      const checkout = await acted(company, await withSlips(company), 'succeed');
      await refused(company.provider.refund(refundOf(checkout)));
    },
  ],
];

export const PAYERS: readonly Case[] = [...CARD, ...CASH];
