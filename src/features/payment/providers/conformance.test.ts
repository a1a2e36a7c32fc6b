import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#platform/clock.ts';
import { untilDone } from '#test/support/payment.ts';
import type { Company } from '#test/support/payment-companies.ts';
import { COMPANIES, startCompany } from '#test/support/payment-companies.ts';
import type { Checkout, NewCheckout, RefundRequest } from './provider.ts';

type Case = readonly [name: string, run: (company: Company, chaotic: Company) => Promise<void>];

const wanted = (given: Partial<NewCheckout> = {}): NewCheckout => {
  const reference = randomUUID();
  const now = systemClock.now();
  return {
    idempotencyKey: reference,
    reference,
    method: 'card',
    amount: 660,
    merchant: '暁月大学',
    description: '7KQ2M-4X9T3',
    language: 'ja',
    returnUrl: 'http://127.0.0.1:1/return',
    cancelUrl: 'http://127.0.0.1:1/cancel',
    requestedAt: now,
    expiresAt: now.add({ hours: 1 }),
    ...given,
  };
};
const open = ({ provider }: Company, given: Partial<NewCheckout> = {}): Promise<Checkout> =>
  provider.create(wanted(given));
const paid = async (company: Company, given: Partial<NewCheckout> = {}): Promise<Checkout> => {
  const { id } = await open(company, given);
  await company.act(id, 'succeed');
  return company.provider.get(id);
};
const withSlips = async (company: Company): Promise<Checkout> => {
  const expiresAt = systemClock.now().add({ hours: 72 });
  const { id } = await open(company, { method: 'storeCash', expiresAt });
  await company.act(id, 'issue-slips');
  return company.provider.get(id);
};
const refundOf = (checkout: Checkout, given: Partial<RefundRequest> = {}): RefundRequest => {
  const reference = `${randomUUID()}.0`;
  return { idempotencyKey: reference, reference, checkoutId: checkout.id, amount: 660, ...given };
};
const after_ = async (company: Company, checkout: Checkout, act: string): Promise<Checkout> => {
  await company.act(checkout.id, act);
  return company.provider.get(checkout.id);
};
const refused = (work: Promise<unknown>) => assert.rejects(work, { code: 'wrong-state' });
const unknown = (work: Promise<unknown>) => assert.rejects(work, { code: 'unavailable' });
const verify = ({ provider }: Company, { body, header }: Company['received'][number]) =>
  provider.verifyWebhook(body, header, systemClock.now());
const until = async (met: () => boolean | Promise<boolean>): Promise<void> => {
  for (let look = 0; look < 400 && !(await met()); look += 1) {
    await new Promise((soon) => setTimeout(soon, 25));
  }
  assert.ok(await met());
};
const tellsOf = async (company: Company, checkout: Checkout): Promise<boolean> => {
  const events = await Promise.all(company.received.map((one) => verify(company, one)));
  return events.some((event) => event?.checkoutId === checkout.id || event?.reference === checkout.reference);
};
const SINCE = systemClock.now().subtract({ minutes: 1 });
const itemsOf = async ({ provider }: Company, { reference }: Checkout) =>
  (await provider.settlements(SINCE)).flatMap(({ items }) =>
    items.filter((item) => item.reference === reference),
  );

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
    async (company) => assert.equal((await after_(company, await open(company), 'decline')).state, 'open'),
  ],
  [
    'after a declined card another may pay',
    async (company) => {
      const declined = await after_(company, await open(company), 'decline');
      assert.equal((await after_(company, declined, 'succeed')).state, 'paid');
    },
  ],
  [
    'paying twice is paying once',
    async (company) => {
      const checkout = await paid(company);
      assert.deepEqual(await after_(company, checkout, 'succeed'), checkout);
    },
  ],
  [
    'an expired page is closed',
    async (company) => assert.equal((await after_(company, await open(company), 'expire')).state, 'closed'),
  ],
  [
    'a paid card does not expire',
    async (company) => assert.equal((await after_(company, await paid(company), 'expire')).state, 'paid'),
  ],
  [
    'money after the page had expired is paid',
    async (company) => {
      const expired = await after_(company, await open(company), 'expire');
      assert.equal((await after_(company, expired, 'succeed-late')).state, 'paid');
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
      assert.equal((await after_(company, await withSlips(company), 'succeed')).state, 'paid'),
  ],
  [
    'cash has its amount',
    async (company) => assert.equal((await after_(company, await withSlips(company), 'succeed')).amount, 660),
  ],
  [
    'numbers that ran out are closed',
    async (company) =>
      assert.equal((await after_(company, await withSlips(company), 'expire')).state, 'closed'),
  ],
  [
    'cancelling withdraws the numbers',
    async (company) =>
      assert.equal((await company.provider.cancel((await withSlips(company)).id)).state, 'closed'),
  ],
  [
    'cash after the numbers ran out is paid',
    async (company) => {
      const expired = await after_(company, await withSlips(company), 'expire');
      assert.equal((await after_(company, expired, 'succeed-late')).state, 'paid');
    },
  ],
  [
    'cash after cancelling is paid',
    async (company) => {
      const cancelled = await company.provider.cancel((await withSlips(company)).id);
      assert.equal((await after_(company, cancelled, 'succeed-late')).state, 'paid');
    },
  ],
  [
    'a refund of cash is refused for good',
    async (company) => {
      const checkout = await after_(company, await withSlips(company), 'succeed');
      await refused(company.provider.refund(refundOf(checkout)));
    },
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
      assert.equal((await after_(company, closed, 'succeed')).state, 'closed');
    },
  ],
  [
    'a paid checkout is answered as paid',
    async (company) => assert.equal((await company.provider.cancel((await paid(company)).id)).state, 'paid'),
  ],
  [
    'an expired checkout is answered as closed',
    async (company) => {
      const { id } = await after_(company, await open(company), 'expire');
      assert.equal((await company.provider.cancel(id)).state, 'closed');
    },
  ],
  [
    'closing what is not theirs is refused for good',
    async ({ provider }) => refused(provider.cancel('chk_none')),
  ],
];

const REFUND: readonly Case[] = [
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
      assert.equal((await after_(company, checkout, 'succeed-refunds')).refunds[0]?.state, 'succeeded');
    },
  ],
  [
    'a refund in progress fails, and another may follow',
    async (company) => {
      const checkout = await paid(company);
      await company.nextRefund('pending');
      await company.provider.refund(refundOf(checkout));
      assert.equal((await after_(company, checkout, 'fail-refunds')).refunds[0]?.state, 'failed');
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

const WEBHOOKS: readonly Case[] = [
  [
    'a payment is told',
    async (company) => {
      const checkout = await paid(company);
      await until(() => tellsOf(company, checkout));
    },
  ],
  [
    'cash is told',
    async (company) => {
      const checkout = await after_(company, await withSlips(company), 'succeed');
      await until(() => tellsOf(company, checkout));
    },
  ],
  [
    'a refund is told',
    async (company) => {
      const checkout = await paid(company);
      const before = company.received.length;
      await company.provider.refund(refundOf(checkout));
      await until(() => company.received.length > before);
    },
  ],
  [
    'two events have two ids',
    async (company) => {
      await paid(company);
      await until(() => company.received.length >= 2);
      const events = await Promise.all(company.received.map((one) => verify(company, one)));
      const ids = events.map((event) => event?.eventId);
      assert.equal(new Set(ids).size, ids.length);
    },
  ],
  [
    'a wrong secret is refused',
    async (company) => {
      const body = company.received[0]?.body ?? '';
      assert.equal(await verify(company, company.signed(body, { secret: 'another' })), null);
    },
  ],
  [
    'a right secret is taken',
    async (company) => {
      const body = company.received[0]?.body ?? '';
      assert.notEqual(await verify(company, company.signed(body)), null);
    },
  ],
  [
    'a changed body is refused',
    async (company) => {
      const { body, header } = company.signed(company.received[0]?.body ?? '');
      assert.equal(await verify(company, { body: `${body} `, header }), null);
    },
  ],
  [
    'no signature is refused',
    async (company) => {
      const body = company.received[0]?.body ?? '';
      assert.equal(await verify(company, { body, header: () => undefined }), null);
    },
  ],
  [
    'a signature of six minutes ago is refused',
    async (company) => {
      const body = company.received[0]?.body ?? '';
      assert.equal(await verify(company, company.signed(body, { age: 360 })), null);
    },
  ],
  [
    'a signature of four minutes ago is taken',
    async (company) => {
      const body = company.received[0]?.body ?? '';
      assert.notEqual(await verify(company, company.signed(body, { age: 240 })), null);
    },
  ],
  [
    'signed nonsense is refused',
    async (company) => assert.equal(await verify(company, company.signed('not JSON')), null),
  ],
  [
    'an empty body is refused',
    async (company) => assert.equal(await verify(company, company.signed('')), null),
  ],
];

const SETTLEMENTS: readonly Case[] = [
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

const FAILURES: readonly Case[] = [
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

const CASES: readonly Case[] = [
  ...[CAPABILITIES, CREATE, GET, CARD, CASH, CANCEL, REFUND, WEBHOOKS, SETTLEMENTS, FAILURES, CHAOS].flat(),
];
const MISBEHAVE = {
  duplicate: 0.3,
  reorder: 0.3,
  delayMs: 5,
  forge: 0.3,
  serverErrorAfterSuccess: 0.3,
  dropResponse: 0.2,
};

test('there are at least 60 cases, each with its own name', () => {
  assert.ok(CASES.length >= 60);
  assert.equal(new Set(CASES.map(([name]) => name)).size, CASES.length);
});

for (const name of COMPANIES) {
  describe(name, () => {
    let company: Company;
    let chaotic: Company;
    before(async () => {
      [company, chaotic] = await Promise.all([startCompany(name), startCompany(name, MISBEHAVE)]);
    });
    after(async () => {
      await company.close();
      await chaotic.close();
    });
    for (const [what, run] of CASES) test(what, () => run(company, chaotic));
  });
}
