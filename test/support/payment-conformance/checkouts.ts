import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { systemClock } from '#platform/clock.ts';
import type { Case } from './case.ts';
import { acted, open, paid, refused, wanted } from './case.ts';

const CAPABILITIES: readonly Case[] = [
  [
    'offers cards and cash',
    async ({ provider }) => {
      const { methods } = provider.capabilities();
      assert.ok(methods.includes('card') && methods.includes('storeCash'));
    },
  ],
  [
    'gives cards back',
    async ({ provider }) => assert.ok(provider.capabilities().refundable.includes('card')),
  ],
  [
    'does not give cash back',
    async ({ provider }) => assert.ok(!provider.capabilities().refundable.includes('storeCash')),
  ],
  [
    'names its chains in both languages',
    async ({ provider }) => {
      const { cashChains } = provider.capabilities();
      assert.ok(cashChains.length >= 3 && cashChains.every(({ name }) => name.ja !== '' && name.en !== ''));
    },
  ],
  [
    'tells the steps at each chain in both languages',
    async ({ provider }) => {
      for (const { steps } of provider.capabilities().cashChains) {
        assert.ok(steps.length >= 2 && steps.every((step) => step.ja !== '' && step.en !== ''));
      }
    },
  ],
];

const CREATE: readonly Case[] = [
  ['a new checkout is open', async (company) => assert.equal((await open(company)).state, 'open')],
  ['a new checkout has an address', async (company) => assert.match((await open(company)).url, /^https?:/)],
  [
    'a checkout carries our reference',
    async (company) => {
      const reference = randomUUID();
      assert.equal((await open(company, { reference })).reference, reference);
    },
  ],
  [
    'a checkout has the amount',
    async (company) => assert.equal((await open(company, { amount: 1234 })).amount, 1234),
  ],
  ['a checkout is in yen', async (company) => assert.equal((await open(company)).currency, 'JPY')],
  ['a new checkout has no refunds', async (company) => assert.deepEqual((await open(company)).refunds, [])],
  ['a new checkout was never paid', async (company) => assert.equal((await open(company)).paidAt, null)],
  [
    'a new checkout has no numbers for cash',
    async (company) => assert.deepEqual((await open(company, { method: 'storeCash' })).slips, []),
  ],
  [
    'one key gives one checkout',
    async ({ provider }) => {
      const one = wanted();
      assert.equal((await provider.create(one)).id, (await provider.create(one)).id);
    },
  ],
  [
    'two keys give two checkouts',
    async (company) => assert.notEqual((await open(company)).id, (await open(company)).id),
  ],
  [
    'five at once with one key give one checkout',
    async ({ provider }) => {
      const one = wanted();
      const made = await Promise.all([1, 2, 3, 4, 5].map(() => provider.create(one)));
      assert.equal(new Set(made.map(({ id }) => id)).size, 1);
    },
  ],
  [
    'one key with another amount is an error',
    async ({ provider }) => {
      const one = wanted();
      await provider.create(one);
      await assert.rejects(provider.create({ ...one, amount: 1 }));
    },
  ],
  ['an amount of 0 is refused for good', async (company) => refused(open(company, { amount: 0 }))],
  [
    'a large amount is taken',
    async (company) => assert.equal((await open(company, { amount: 300_000 })).amount, 300_000),
  ],
  [
    'a page in English is taken',
    async (company) => assert.equal((await open(company, { language: 'en' })).state, 'open'),
  ],
  [
    'a deadline ten minutes away is taken',
    async (company) => {
      const expiresAt = systemClock.now().add({ minutes: 10 });
      assert.equal((await open(company, { expiresAt })).state, 'open');
    },
  ],
  [
    'cash with three days is taken',
    async (company) => {
      const expiresAt = systemClock.now().add({ hours: 72 });
      assert.equal((await open(company, { method: 'storeCash', expiresAt })).state, 'open');
    },
  ],
  [
    'after the money one key still gives the same checkout',
    async (company) => {
      const one = wanted();
      const { id } = await company.provider.create(one);
      await company.act(id, 'succeed');
      assert.equal((await company.provider.create(one)).id, id);
    },
  ],
];

const GET: readonly Case[] = [
  [
    'a look tells what create told',
    async (company) => {
      const made = await open(company);
      assert.deepEqual(await company.provider.get(made.id), made);
    },
  ],
  [
    'two looks tell the same',
    async (company) => {
      const { id } = await paid(company);
      assert.deepEqual(await company.provider.get(id), await company.provider.get(id));
    },
  ],
  [
    'a checkout that is not theirs is refused for good',
    async ({ provider }) => refused(provider.get('chk_none')),
  ],
];

const CANCEL: readonly Case[] = [
  [
    'an open checkout closes',
    async (company) =>
      assert.equal((await company.provider.cancel((await open(company)).id)).state, 'closed'),
  ],
  [
    'closing twice is closing once',
    async (company) => {
      const { id } = await open(company);
      await company.provider.cancel(id);
      assert.equal((await company.provider.cancel(id)).state, 'closed');
    },
  ],
  [
    'a closed checkout stays closed',
    async (company) => {
      const { id } = await company.provider.cancel((await open(company)).id);
      assert.equal((await company.provider.get(id)).state, 'closed');
    },
  ],
  [
    'a closed page takes no card',
    async (company) => {
      const closed = await company.provider.cancel((await open(company)).id);
      assert.equal((await acted(company, closed, 'succeed')).state, 'closed');
    },
  ],
  [
    'a paid checkout is answered as paid',
    async (company) => assert.equal((await company.provider.cancel((await paid(company)).id)).state, 'paid'),
  ],
  [
    'an expired checkout is answered as closed',
    async (company) => {
      const { id } = await acted(company, await open(company), 'expire');
      assert.equal((await company.provider.cancel(id)).state, 'closed');
    },
  ],
  [
    'closing what is not theirs is refused for good',
    async ({ provider }) => refused(provider.cancel('chk_none')),
  ],
];

export const CHECKOUTS: readonly Case[] = [...CAPABILITIES, ...CREATE, ...GET, ...CANCEL];
