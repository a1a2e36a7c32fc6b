import assert from 'node:assert/strict';
import type pg from 'pg';
import type { OrderState } from '#domain/order/states.ts';
import { readOrder, transitionOrder } from '#features/ordering/index.ts';
import type { PaymentDependencies } from '#features/payment/dependencies.ts';
import { paymentJobs } from '#features/payment/index.ts';
import { readBalances } from '#features/payment/ledger-store.ts';
import { receiveWebhook } from '#features/payment/receive-webhook.ts';
import { startPayment } from '#features/payment/start-payment.ts';
import { systemClock } from '#platform/clock.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { openLog } from '#platform/log.ts';
import type { TestDatabase } from './database.ts';
import type { MemoryCompany } from './memory-company.ts';
import { createMemoryCompany } from './memory-company.ts';
import { insertAccount, insertOrder } from './payment.ts';
import { seededUnit } from './seeded.ts';

const EVENTS_EACH = 5;
const CLIENTS = 16;
const PRICE = 660;

type Fate = {
  readonly orderId: string;
  readonly checkoutId: string;
  readonly pays: boolean;
  readonly expired: boolean;
};

/** What one thread that asked the company once, at the end, would have made of each order. */
const modelOf = ({ pays, expired }: Fate): OrderState =>
  expired ? (pays ? 'paid_late' : 'expired') : pays ? 'paid' : 'awaiting_payment';

const begin = async (
  dependencies: PaymentDependencies,
  payments: number,
  random: () => number,
): Promise<Fate[]> => {
  const { db, clock } = dependencies;
  const account = await insertAccount(db);
  const fates: Fate[] = [];
  for (let number = 0; number < payments; number += 1) {
    const orderId = await insertOrder(db, account);
    const { checkoutId } = await startPayment(dependencies, await readOrder(db, orderId), 'en');
    const fate = { orderId, checkoutId: checkoutId ?? '', pays: random() < 0.7, expired: random() < 0.2 };
    if (fate.expired) {
      await transitionOrder(db, { orderId, event: 'expire', at: clock.now(), actor: 'system' });
    }
    fates.push(fate);
  }
  return fates;
};

type Message = { readonly event: string; readonly checkoutId: string; readonly forged: boolean };

/** Every event of every payment, three in ten twice, one in twenty beside a forgery, in any order. */
const messagesOf = (fates: readonly Fate[], random: () => number): Message[] => {
  const messages = fates.flatMap(({ checkoutId }) =>
    Array.from({ length: EVENTS_EACH }, (_, number) => ({
      event: `${checkoutId}:${number}`,
      checkoutId,
      forged: false,
    })),
  );
  const more = messages.flatMap((message) => [
    ...(random() < 0.3 ? [message] : []),
    ...(random() < 0.05 ? [{ ...message, event: `${message.event}:forged`, forged: true }] : []),
  ]);
  return [...messages, ...more]
    .map((message) => ({ message, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ message }) => message);
};

const deliverAll = async (
  dependencies: PaymentDependencies,
  company: MemoryCompany,
  messages: readonly Message[],
  before: (done: number) => void,
): Promise<number> => {
  let next = 0;
  let refused = 0;
  const client = async (): Promise<void> => {
    for (let index = next++; index < messages.length; index = next++) {
      const { event, checkoutId, forged } = messages[index] as Message;
      before(index);
      const { body, signature } = company.message(event, checkoutId);
      const sent = forged ? '0'.repeat(64) : signature;
      await receiveWebhook(dependencies, body, () => sent).catch(() => {
        refused += 1;
      });
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return refused;
};

const untilIdle = async (pool: pg.Pool): Promise<void> => {
  for (;;) {
    const { rows } = await pool.query<{ n: number }>(
      "select count(*)::int as n from graphile_worker.jobs where task_identifier = 'fetch-payment'",
    );
    if (rows[0]?.n === 0) return;
    await new Promise((soon) => setTimeout(soon, 50));
  }
};

/**
 * Sends about `webhooks` messages from 16 clients at once to a service with a running worker, while payers pay, and
 * compares every order, the store of webhooks and the ledger with a model of one thread. Returns webhooks a second.
 */
export const runWebhookStorm = async (
  { db, pool }: TestDatabase,
  { webhooks, seed }: { readonly webhooks: number; readonly seed: number },
): Promise<number> => {
  const random = seededUnit(seed);
  const company = createMemoryCompany();
  const dependencies: PaymentDependencies = {
    db,
    clock: systemClock,
    log: openLog('silent'),
    baseUrl: 'http://127.0.0.1:1',
    universityName: { ja: '大学', en: 'University' },
    cashDays: 3,
    provider: company.provider,
  };
  const fates = await begin(dependencies, Math.ceil(webhooks / (EVENTS_EACH * 1.35)), random);
  const messages = messagesOf(fates, random);
  const payers = fates.filter(({ pays }) => pays);
  // Each pays at some moment of the storm; his own last messages may come before it, so all are told once more.
  const paying = new Map(
    payers.map(({ checkoutId }) => [Math.floor(random() * messages.length), checkoutId]),
  );
  const late = systemClock.now().add({ hours: 2 });
  const worker = await startWorker(pool, paymentJobs(dependencies), dependencies.log);
  const began = performance.now();
  const refused = await deliverAll(dependencies, company, messages, (index) => {
    const checkoutId = paying.get(index);
    if (checkoutId !== undefined) company.pay(checkoutId, late);
  });
  const seconds = (performance.now() - began) / 1000;
  for (const { checkoutId } of payers) company.pay(checkoutId, late);
  const last = payers.map(({ checkoutId }) => ({ event: `${checkoutId}:last`, checkoutId, forged: false }));
  await deliverAll(dependencies, company, last, () => {});
  await untilIdle(pool);
  await worker.stop();

  for (const fate of fates)
    assert.equal((await readOrder(db, fate.orderId)).state, modelOf(fate), fate.orderId);
  const stored = await db
    .selectFrom('payment_webhook')
    .select(({ fn }) => fn.countAll().as('n'))
    .executeTakeFirst();
  assert.equal(Number(stored?.n), fates.length * EVENTS_EACH + payers.length);
  assert.equal(refused, messages.filter(({ forged }) => forged).length);
  const onTime = payers.filter(({ expired }) => !expired).length;
  const owed = PRICE * (payers.length - onTime);
  const expected = {
    receivable: 0,
    clearing: PRICE * payers.length,
    revenue: -PRICE * onTime,
    refunds_payable: -owed,
  };
  const balances = await readBalances(db);
  for (const [name, yen] of Object.entries(expected))
    assert.equal(balances[name] ?? 0, yen === 0 ? 0 : yen, name);
  return messages.length / seconds;
};
