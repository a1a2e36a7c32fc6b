import { randomUUID } from 'node:crypto';
import { readCertificateRecord } from '#domain/certificate/read-snapshot.ts';
import { copiesField } from '#domain/order/draft.ts';
import { makeWith } from '#features/issuance/make-document.ts';
import { saveDraft } from '#features/ordering/draft-store.ts';
import { readOrder } from '#features/ordering/index.ts';
import { placeOrder } from '#features/ordering/place-order.ts';
import { receiveWebhook } from '#features/payment/receive-webhook.ts';
import { startPayment } from '#features/payment/start-payment.ts';
import type { Database } from '#platform/database/database.ts';
import { openDatabase, transaction } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { composeJobs } from '#src/compose/jobs.ts';
import type { Parts } from '#src/compose/parts.ts';
import type { Platform } from '#src/compose/platform.ts';
import { withDatabase } from '#test/support/database.ts';
import { createMemoryCompany } from '#test/support/memory-company.ts';
import { findStudent } from '#test/support/sample-student.ts';
import { runWebhookStorm } from '#test/support/webhook-storm.ts';
import { addAccount, withAkashi } from './akashi.ts';
import { medianOf, milliseconds, report } from './measure.ts';

const WEBHOOKS = 1000;
const CLIENTS = 16;
const ROUNDS = { warmUp: 1, rounds: 5 };

/** The row and the job of a webhook by plain calls, from as many clients: what the database alone needs. */
const insertBare = async (db: Database): Promise<number> => {
  let next = 0;
  const client = async (): Promise<void> => {
    for (let index = next++; index < WEBHOOKS; index = next++) {
      await transaction(db, async (tx) => {
        const values = {
          provider: 'bare',
          event_id: String(index),
          body: '{}',
          received_at: Temporal.Now.instant(),
        };
        await tx.insertInto('payment_webhook').values(values).execute();
        await addJob(tx, 'bare', {}, { key: `bare:${index % 200}` });
      });
    }
  };
  return milliseconds(() => Promise.all(Array.from({ length: CLIENTS }, client)));
};

/** Webhooks taken in a second from 16 clients at once, a worker fetching meanwhile; the result is checked. */
export const benchWebhook = async (): Promise<void> => {
  await withDatabase(async (database) => {
    report('webhook.per_s', await runWebhookStorm(database, { webhooks: WEBHOOKS, seed: 1 }), '1/s');
  });
  await withDatabase(async ({ db }) => {
    report('webhook.limit.per_s', (WEBHOOKS * 1000) / (await insertBare(db)), '1/s');
  });
};

const untilReady = async (db: Database, orderId: string): Promise<void> => {
  while ((await readOrder(db, orderId)).state !== 'ready') await new Promise((soon) => setTimeout(soon, 10));
};

const placeOne = async (platform: Platform, { ordering }: Parts, number: number): Promise<string> => {
  const { personId, enrolmentId } = await findStudent(platform.db);
  const accountId = await addAccount(platform, `ready${number}`);
  const key = randomUUID();
  const copies = { [copiesField(enrolmentId, 'enrolment', 'ja')]: '1' };
  const draft = { destination: 'store', copies, typed: {}, key } as const;
  await saveDraft(platform.db, accountId, draft, platform.clock.now());
  return (await placeOrder(ordering, { accountId, personId, language: 'ja', idempotencyKey: key })).id;
};

/** From the settled event's arrival until the paid order has its print number: one certificate, an idle service. */
export const benchPaymentReady = (): Promise<void> =>
  withAkashi(async (platform, parts) => {
    const { db, clock, log, environment } = platform;
    const company = createMemoryCompany();
    const payment = { ...parts.payment, provider: company.provider };
    const pool = openDatabase(environment.databaseUrl ?? '');
    const worker = await startWorker(pool.pool, composeJobs(platform, { ...parts, payment }), log);
    try {
      const ready = await medianOf(ROUNDS, async (round) => {
        const orderId = await placeOne(platform, parts, round);
        const { checkoutId } = await startPayment(payment, await readOrder(db, orderId), 'ja');
        company.pay(checkoutId ?? '', clock.now());
        const { body, signature } = company.message(randomUUID(), checkoutId ?? '');
        return milliseconds(async () => {
          await receiveWebhook(payment, body, () => signature);
          await untilReady(db, orderId);
        });
      });
      report('payment.ready_s', ready / 1000, 's');
      const { record } = await db.selectFrom('issued_certificate').select('record').executeTakeFirstOrThrow();
      const make = () => milliseconds(() => makeWith(parts.issuance.maker, readCertificateRecord(record)));
      report('payment.limit.ready_s', (await medianOf(ROUNDS, make)) / 1000, 's');
    } finally {
      await worker.stop();
      await pool.close();
    }
  });
