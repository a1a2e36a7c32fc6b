import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AkashiError } from '#domain/error.ts';
import type { OrderEvent, OrderState } from '#domain/order/states.ts';
import { nextOrderState } from '#domain/order/states.ts';
import { readOrder, readOrderLines, transitionOrder } from '#features/ordering/index.ts';
import { decideLatePayment } from '#features/payment/decide-late-payment.ts';
import type { PaymentDependencies } from '#features/payment/dependencies.ts';
import { paymentJobs } from '#features/payment/index.ts';
import type { PaymentMethod } from '#features/payment/providers/provider.ts';
import { receiveWebhook } from '#features/payment/receive-webhook.ts';
import { reconcile } from '#features/payment/reconcile.ts';
import { recordRefund } from '#features/payment/record-refund.ts';
import { refundLines } from '#features/payment/refund-order.ts';
import { startPayment } from '#features/payment/start-payment.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { openLog } from '#platform/log.ts';
import type { TestDatabase } from './database.ts';
import type { Fault } from './memory-company.ts';
import { createMemoryCompany } from './memory-company.ts';
import { insertAccount, insertOrder, runJobs } from './payment.ts';
import { checkInvariants } from './payment-invariants.ts';
import type { World } from './payment-world.ts';

/** One thing that happens to an order, its money, or the machines in between. */
type Act =
  | { readonly kind: 'start'; readonly method: PaymentMethod; readonly fault: Fault }
  | { readonly kind: 'pay' | 'give-number' | 'end-refunds-well' | 'end-refunds-badly' | 'reconcile' }
  | { readonly kind: 'messages'; readonly order: readonly number[]; readonly forge: boolean }
  | { readonly kind: 'work'; readonly fault: Fault; readonly twice: boolean }
  | { readonly kind: 'move'; readonly event: OrderEvent }
  | { readonly kind: 'next-refund'; readonly state: 'pending' | 'failed' }
  | { readonly kind: 'lines'; readonly which: number }
  | { readonly kind: 'decide'; readonly decision: 'accept' | 'return' }
  | { readonly kind: 'record'; readonly second: string }
  | { readonly kind: 'wait'; readonly minutes: number };

const fault = fc.constantFrom<Fault>('none', 'none', 'lost-answer', 'lost-request');
const simple = fc.constantFrom(
  ...(['pay', 'pay', 'pay', 'give-number', 'end-refunds-well', 'end-refunds-badly', 'reconcile'] as const),
);
/** What ordering, issuance and printing do to an order by themselves; money's own edges are left to the feature. */
const MOVES: readonly OrderEvent[] = [
  'cancel',
  'cancel',
  'expire',
  'prepare',
  'prepare',
  'make-ready',
  'hold',
  'begin-printing',
  'print-part',
  'print-all',
  'stop-printing',
  'lose-outcome',
  'lapse',
  'extend',
];

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('start' as const),
    method: fc.constantFrom<PaymentMethod>('card', 'card', 'storeCash', 'qrWallet'),
    fault,
  }),
  fc.record({ kind: simple }),
  fc.record({
    kind: fc.constant('messages' as const),
    order: fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }),
    forge: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('work' as const), fault, twice: fc.boolean() }),
  fc.record({ kind: fc.constant('move' as const), event: fc.constantFrom(...MOVES) }),
  fc.record({ kind: fc.constant('move' as const), event: fc.constantFrom(...MOVES) }),
  fc.record({
    kind: fc.constant('next-refund' as const),
    state: fc.constantFrom<'pending' | 'failed'>('pending', 'failed'),
  }),
  fc.record({ kind: fc.constant('lines' as const), which: fc.integer({ min: 1, max: 7 }) }),
  fc.record({
    kind: fc.constant('decide' as const),
    decision: fc.constantFrom<'accept' | 'return'>('accept', 'return'),
  }),
  fc.record({ kind: fc.constant('record' as const), second: fc.constantFrom('Ito', 'Watanabe') }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 10, 61, 4000) }),
);

/** A history begins with a payment more often than not: the rest is more interesting with money in it. */
const history = fc
  .tuple(fc.boolean(), fc.array(act, { minLength: 3, maxLength: 14 }))
  .map(([begin, acts]): Act[] =>
    begin
      ? [
          { kind: 'start', method: 'card', fault: 'none' },
          { kind: 'pay' },
          { kind: 'work', fault: 'none', twice: false },
          ...acts,
        ]
      : acts,
  );

const pick = <One>(all: readonly One[], index: number): One | undefined =>
  all[index % Math.max(all.length, 1)];

const work = async ({ dependencies }: World): Promise<void> => {
  const { db } = dependencies;
  const open = await db
    .selectFrom('payment')
    .select('id')
    .where('state', 'in', ['submitted', 'open'])
    .execute();
  for (const { id } of open)
    await addJob(db, 'fetch-payment', { paymentId: id }, { key: `fetch-payment:${id}` });
  await paymentJobs(dependencies)['sweep-payments']?.({});
  await runJobs(db, paymentJobs(dependencies));
};

/** An order that ended asks for its checkout to be closed, in the same transaction, as ordering does. */
const move = async ({ dependencies, orderId }: World, event: OrderEvent): Promise<void> => {
  const { db, clock } = dependencies;
  await db.transaction().execute(async (tx) => {
    const { state } = await readOrder(tx, orderId);
    const unpaid = state === 'awaiting_payment';
    await transitionOrder(tx, { orderId, event, at: clock.now(), actor: 'history' });
    if (unpaid) await addJob(tx, 'cancel-checkout', { orderId }, { key: `cancel-checkout:${orderId}` });
  });
};

const deliver = async ({ dependencies, company }: World, order: readonly number[], forge: boolean) => {
  const checkouts = [...company.checkouts.keys()];
  await Promise.all(
    order.map(async (number) => {
      const checkoutId = pick(checkouts, number);
      if (checkoutId === undefined) return;
      const { body, signature } = company.message(`${checkoutId}:${number}`, checkoutId);
      const sent = forge ? '0'.repeat(64) : signature;
      const receiving = receiveWebhook(dependencies, body, () => sent);
      if (forge) await assert.rejects(receiving, { code: 'not-allowed' });
      else await receiving;
    }),
  );
};

const perform = async (world: World, one: Act): Promise<void> => {
  const { dependencies, company, orderId } = world;
  const { db, clock } = dependencies;
  const newest = [...company.checkouts.keys()].at(-1);
  switch (one.kind) {
    case 'start':
      company.fault = one.fault;
      return void (await startPayment(dependencies, await readOrder(db, orderId), 'en', one.method));
    case 'pay':
      return newest === undefined ? undefined : company.pay(newest, clock.now());
    case 'give-number':
      return newest === undefined ? undefined : company.give(newest);
    case 'messages':
      return deliver(world, one.order, one.forge);
    case 'work':
      company.fault = one.fault;
      if (one.twice) await Promise.allSettled([work(world), work(world)]);
      return work(world);
    case 'move':
      return move(world, one.event);
    case 'next-refund':
      company.nextRefund = one.state;
      return;
    case 'end-refunds-well':
      return company.endRefunds('succeeded');
    case 'end-refunds-badly':
      return company.endRefunds('failed');
    case 'lines': {
      const lines = await readOrderLines(db, orderId);
      const lineIds = lines.filter((_, index) => (one.which & (1 << index)) !== 0).map(({ id }) => id);
      return refundLines(dependencies, { orderId, lineIds });
    }
    case 'decide': {
      const decision = { orderId, decision: one.decision, actor: 'staff:Ito', reason: 'history' };
      return decideLatePayment(dependencies, decision);
    }
    case 'record': {
      const record = { orderId, by: 'Ito', second: one.second, reason: 'history' };
      return void (await recordRefund(dependencies, record));
    }
    case 'reconcile':
      company.closeDay(clock.now());
      return void (await reconcile(dependencies));
    case 'wait':
      return world.advance({ minutes: one.minutes });
  }
};

/**
 * Lets everything that was begun come to rest: nothing is lost any more, refunds in progress end well, and the nights
 * reconcile. A message that was never delivered stays so: the payouts must tell of its money.
 */
const comeToRest = async (world: World): Promise<void> => {
  const { company, dependencies } = world;
  for (let round = 0; round < 3; round += 1) {
    company.fault = 'none';
    company.nextRefund = 'succeeded';
    company.endRefunds('succeeded');
    company.closeDay(dependencies.clock.now());
    await reconcile(dependencies);
    await work(world);
  }
};

const stateAfter = (events: readonly { event: string }[]): OrderState =>
  events.reduce<OrderState>(
    (state, { event }) => nextOrderState(state, event as OrderEvent),
    'awaiting_payment',
  );

/** Runs histories on one real database, an order of three lines each, and holds every invariant after each. */
export const runHistories = async (
  { db }: TestDatabase,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<void> => {
  const account = await insertAccount(db);
  const property = fc.asyncProperty(history, async (acts) => {
    let now = Temporal.Instant.from('2026-11-24T01:00:00Z');
    const company = createMemoryCompany();
    const dependencies: PaymentDependencies = {
      db,
      clock: { now: () => now },
      log: openLog('silent'),
      baseUrl: 'http://127.0.0.1:1',
      universityName: { ja: '大学', en: 'University' },
      cashDays: 3,
      provider: company.provider,
    };
    const orderId = await insertOrder(db, account, { lines: 3, at: now });
    const advance = (by: Temporal.DurationLike): void => {
      now = now.add(by);
    };
    const world: World = { dependencies, company, orderId, advance };
    for (const one of acts) {
      try {
        await perform(world, one);
      } catch (error) {
        if (!(error instanceof AkashiError)) throw error;
      }
      now = now.add({ seconds: 1 });
    }
    await checkInvariants(world, stateAfter, { atRest: false });
    await comeToRest(world);
    await checkInvariants(world, stateAfter, { atRest: true });
    // The next history has a company of its own, which knows nothing of what is still open here.
    await db.updateTable('payment').set({ state: 'closed' }).where('state', '=', 'open').execute();
  });
  await fc.assert(property, { numRuns: runs, seed, endOnFailure: true });
};
