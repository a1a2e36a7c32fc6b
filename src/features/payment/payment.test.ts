import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { startPaymentCompany } from '#dev/payment-company/payment-company.ts';
import { signWebhook } from '#dev/payment-company/webhooks.ts';
import { AkashiError } from '#domain/error.ts';
import { readOrder } from '#features/ordering/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from '#test/support/database.ts';
import type { PaymentDependencies } from './dependencies.ts';
import { readBalances } from './ledger-store.ts';
import { createSandboxProvider } from './providers/sandbox/sandbox.ts';
import { receiveWebhook } from './receive-webhook.ts';
import { settlePayment } from './settle-payment.ts';
import { startPayment } from './start-payment.ts';

const SECRETS = { secretKey: 'secret', webhookSecret: 'webhook secret' };
const CHAOS = { duplicate: 0.3, reorder: 0.3, forge: 0.05, serverErrorAfterSuccess: 0.3, dropResponse: 0.2 };

const insertOrder = async (db: Database, accountId: string, number: number): Promise<string> => {
  const id = randomUUID();
  await sql`insert into certificate_order (id, order_number, account_id, person_id, destination, state, language,
    issuance_fee_yen, system_fee_yen, total_yen, print_charge_yen, sheets, idempotency_key, submitted_at, payment_deadline)
    values (${id}, ${`T-${number}`}, ${accountId}, ${randomUUID()}, 'store', 'awaiting_payment', 'en', 500, 160, 660, 60, 1,
    ${randomUUID()}, now(), now() + interval '1 day')`.execute(db);
  return id;
};

const insertAccount = async (db: Database): Promise<string> => {
  const id = randomUUID();
  await sql`insert into account (id, identity_provider, principal_name, created_at, last_sign_in_at)
    values (${id}, 'idp', ${id}, now(), now())`.execute(db);
  return id;
};

const untilDone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AkashiError) || error.code !== 'unavailable' || attempt > 40) throw error;
    }
  }
};

const issueJobs = async (db: Database): Promise<number> => {
  const found = await sql<{ n: number }>`select count(*)::int as n from graphile_worker.jobs
    where task_identifier = 'issue-order'`.execute(db);
  return found.rows[0]?.n ?? 0;
};

const withCompany = async (
  work: (dependencies: PaymentDependencies, answers: { ok: number; refused: number }) => Promise<void>,
): Promise<void> =>
  withDatabase(async ({ db }) => {
    const answers = { ok: 0, refused: 0 };
    let receive: (body: string, signature: string) => Promise<unknown> = async () => {};
    const merchant = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        receive(Buffer.concat(parts).toString(), String(request.headers['payment-signature'])).then(
          () => {
            answers.ok += 1;
            response.writeHead(204).end();
          },
          () => {
            answers.refused += 1;
            response.writeHead(403).end();
          },
        );
      });
    });
    await new Promise<void>((done) => merchant.listen(0, '127.0.0.1', done));
    const webhookUrl = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/`;
    const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-payment-'));
    const company = await startPaymentCompany({ port: 0, ...SECRETS, webhookUrl, dataFolder, chaos: CHAOS });
    const dependencies: PaymentDependencies = {
      db,
      clock: systemClock,
      log: openLog('silent'),
      baseUrl: 'http://127.0.0.1:1',
      universityName: { ja: '大学', en: 'University' },
      provider: createSandboxProvider({ url: company.url, ...SECRETS }),
    };
    receive = (body, signature) => receiveWebhook(dependencies, body, () => signature);
    try {
      await work(dependencies, answers);
    } finally {
      await company.close();
      merchant.closeAllConnections();
      merchant.close();
    }
  });

test('under chaos each order is paid once, after its money, and the ledger stays at 0', () =>
  withCompany(async (dependencies, answers) => {
    const { db } = dependencies;
    const account = await insertAccount(db);
    for (let number = 0; number < 12; number += 1) {
      const order = await readOrder(db, await insertOrder(db, account, number));
      const payment = await untilDone(() => startPayment(dependencies, order, 'en'));
      const again = await untilDone(() => startPayment(dependencies, order, 'en'));
      assert.equal(again.checkoutUrl, payment.checkoutUrl);
      assert.equal(await untilDone(() => settlePayment(dependencies, payment.id)), 'open');
      assert.equal((await readOrder(db, order.id)).state, 'awaiting_payment');
      const body = new URLSearchParams({ card: '4242424242424242' });
      await fetch(payment.checkoutUrl ?? '', { method: 'POST', body });
      await Promise.all([1, 2, 3, 4].map(() => settlePayment(dependencies, payment.id)));
      assert.equal((await readOrder(db, order.id)).state, 'paid');
    }
    assert.equal(await issueJobs(db), 12);
    assert.deepEqual(await readBalances(db), { receivable: 0, clearing: 7920, revenue: -7920 });
    await pause(800);
    assert.ok(answers.ok >= 12, 'every webhook arrived');
  }));

test('a forged webhook is refused; money for a cancelled order is noted to go back', () =>
  withCompany(async (dependencies) => {
    const { db } = dependencies;
    await assert.rejects(
      receiveWebhook(dependencies, '{}', () => `t=1,v1=${'0'.repeat(64)}`),
      /not-allowed/,
    );
    const order = await readOrder(db, await insertOrder(db, await insertAccount(db), 1));
    const payment = await untilDone(() => startPayment(dependencies, order, 'en'));
    await db
      .updateTable('certificate_order')
      .set({ state: 'cancelled' })
      .where('id', '=', order.id)
      .execute();
    const body = new URLSearchParams({ card: '4242424242424242' });
    await fetch(payment.checkoutUrl ?? '', { method: 'POST', body });
    await settlePayment(dependencies, payment.id);
    assert.equal((await readOrder(db, order.id)).state, 'refund_ready');
    const refund = await db.selectFrom('payment_refund').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([refund.amount_yen, refund.reason], [660, 'order-cancelled']);
    assert.equal(await issueJobs(db), 0);
    assert.deepEqual(await readBalances(db), { clearing: 660, refunds_payable: -660 });
  }));

test('a replayed webhook has no effect', () =>
  withCompany(async (dependencies) => {
    const body = JSON.stringify({ id: 'evt_1', checkout: { id: 'chk_1', reference: 'none' } });
    const signature = signWebhook(SECRETS.webhookSecret, body);
    assert.equal(await receiveWebhook(dependencies, body, () => signature), 'new');
    assert.equal(await receiveWebhook(dependencies, body, () => signature), 'known');
    const stale = signWebhook(SECRETS.webhookSecret, body, Math.floor(Date.now() / 1000) - 301);
    await assert.rejects(
      receiveWebhook(dependencies, body, () => stale),
      /not-allowed/,
    );
  }));
