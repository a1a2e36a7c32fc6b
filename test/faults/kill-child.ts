// The service's part of the kill storm: orders, pays and takes webhooks until it is killed. Each line on standard output
// is an operation that was acknowledged: the database had committed it.
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { copiesField } from '#domain/order/draft.ts';
import { saveDraft } from '#features/ordering/draft-store.ts';
import { placeOrder } from '#features/ordering/place-order.ts';
import { paymentJobs } from '#features/payment/index.ts';
import { schedulePaymentSweep } from '#features/payment/jobs.ts';
import { createSandboxProvider } from '#features/payment/providers/sandbox/sandbox.ts';
import { receiveWebhook } from '#features/payment/receive-webhook.ts';
import { startPayment } from '#features/payment/start-payment.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database/database.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { openLog } from '#platform/log.ts';
import { CURRENT, PERSON, setUp } from '#test/support/ordering.ts';

const [url = '', companyUrl = '', port = '', run = '', ...accounts] = process.argv.slice(2);
const SECRETS = { secretKey: 'secret', webhookSecret: 'webhook secret' };
const PATIENCE = 200;

const { db, pool } = openDatabase(url);
const clock = systemClock;
const log = openLog('silent');
const ordering = { ...setUp(db).dependencies, db, clock };
const payment = {
  db,
  clock,
  log,
  baseUrl: 'http://127.0.0.1:1',
  universityName: { ja: '大学', en: 'University' },
  cashDays: 3,
  provider: createSandboxProvider({ url: companyUrl, ...SECRETS }),
};

const acknowledge = (...words: readonly string[]): void => void process.stdout.write(`${words.join(' ')}\n`);

/** As a person does at a page that fails: the same once more, until it is answered. */
const insist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries > PATIENCE) throw error;
      await setTimeout(50);
    }
  }
};

createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString();
    receiveWebhook(payment, body, () => String(request.headers['payment-signature'])).then(
      () => {
        acknowledge('webhook', (JSON.parse(body) as { id: string }).id);
        response.writeHead(204).end();
      },
      () => response.writeHead(503).end(),
    );
  });
}).listen(Number(port), '127.0.0.1');

// Issuing is another test's matter: its jobs are left to be counted.
await insist(() => startWorker(pool, paymentJobs(payment), log));
await insist(() => schedulePaymentSweep(db, clock.now()));
acknowledge('begun');

const buy = async (accountId: string, key: string): Promise<void> => {
  const copies = { [copiesField(CURRENT, 'enrolment', 'ja')]: '1' };
  const draft = { destination: 'store', copies, typed: {}, key } as const;
  await insist(() => saveDraft(db, accountId, draft, clock.now()));
  const submission = { accountId, personId: PERSON, language: 'ja' as const, idempotencyKey: key };
  const order = await insist(() => placeOrder(ordering, submission));
  acknowledge('order', key, order.orderNumber);
  const { id, checkoutId } = await insist(() => startPayment(payment, order, 'ja'));
  acknowledge('payment', id, order.orderNumber);
  await insist(async () => {
    const headers = { Authorization: `Bearer ${SECRETS.secretKey}` };
    const act = `${companyUrl}/v1/test/checkouts/${checkoutId ?? ''}/succeed`;
    const answer = await fetch(act, { method: 'POST', headers });
    if (!answer.ok) throw new Error(String(answer.status));
  });
  acknowledge('money', id, order.orderNumber);
};

await Promise.all(
  accounts.map(async (accountId, client) => {
    for (let n = 0; ; n += 1) await buy(accountId, `${run}-${client}-${n}`);
  }),
);
