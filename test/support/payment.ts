import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Chaos } from '#dev/payment-company/chaos.ts';
import { startPaymentCompany } from '#dev/payment-company/payment-company.ts';
import { AkashiError } from '#domain/error.ts';
import type { PaymentDependencies } from '#features/payment/dependencies.ts';
import { paymentJobs } from '#features/payment/index.ts';
import { createSandboxProvider } from '#features/payment/providers/sandbox/sandbox.ts';
import { receiveWebhook } from '#features/payment/receive-webhook.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { openLog } from '#platform/log.ts';
import { withDatabase } from './database.ts';

export const SECRETS = { secretKey: 'secret', webhookSecret: 'webhook secret' };
export const FEE = 500;
export const SYSTEM_FEE = 160;

export const insertAccount = async (db: Database): Promise<string> => {
  const id = randomUUID();
  await sql`insert into account (id, identity_provider, principal_name, created_at, last_sign_in_at, mail_address, mail_verified_at)
    values (${id}, 'idp', ${id}, now(), now(), 'student@example.ac.jp', now())`.execute(db);
  return id;
};

/** An unpaid order of `lines` certificates at 500 yen each and a system fee of 160 yen. */
export const insertOrder = async (
  db: Database,
  accountId: string,
  { lines = 1, at = systemClock.now() }: { lines?: number; at?: Temporal.Instant } = {},
): Promise<string> => {
  const id = randomUUID();
  const issuance = FEE * lines;
  await sql`insert into certificate_order (id, order_number, account_id, person_id, destination, state, language,
    issuance_fee_yen, system_fee_yen, total_yen, print_charge_yen, sheets, idempotency_key, submitted_at, payment_deadline)
    values (${id}, ${id.slice(0, 13)}, ${accountId}, ${randomUUID()}, 'store', 'awaiting_payment', 'en', ${issuance},
    ${SYSTEM_FEE}, ${issuance + SYSTEM_FEE}, 60, 1, ${id}, ${at}, ${at.add({ hours: 1 })})`.execute(db);
  for (let position = 1; position <= lines; position += 1) {
    await sql`insert into order_line (order_id, position, certificate_type, language, enrolment_id, snapshot, copies,
      sheets_per_copy, fee_class, fee_each_yen)
      values (${id}, ${position}, 'enrolment', 'ja', ${randomUUID()}, '{"academicRecord":null}', 1, 1, 'current', ${FEE})`.execute(
      db,
    );
  }
  return id;
};

/** Repeats what a company may leave unanswered, as the worker does. */
export const untilDone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AkashiError) || error.code !== 'unavailable' || attempt > 60) throw error;
    }
  }
};

export const countJobs = async (db: Database, name: string): Promise<number> => {
  const found = await sql<{ n: number }>`select count(*)::int as n from graphile_worker.jobs
    where task_identifier = ${name}`.execute(db);
  return found.rows[0]?.n ?? 0;
};

const RECURRING = ['sweep-payments', 'reconcile-payments'];

/** Runs the waiting jobs that `handlers` know, oldest first, those for later too, until none is left. */
export const runJobs = async (db: Database, handlers: JobHandlers): Promise<void> => {
  const names = Object.keys(handlers).filter((name) => !RECURRING.includes(name));
  for (;;) {
    const { rows } = await sql<{ id: string; name: string; payload: Record<string, string> }>`
      select j.id, t.identifier as name, j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = any(${names})
      order by j.id limit 1`.execute(db);
    const job = rows[0];
    if (job === undefined) return;
    await sql`select graphile_worker.complete_jobs(array[${job.id}::bigint])`.execute(db);
    await untilDone(async () => handlers[job.name]?.(job.payload));
  }
};

export type Sandbox = {
  readonly dependencies: PaymentDependencies;
  readonly answers: { ok: number; refused: number };
  /** Something that payers, stores or banks do at the company. */
  readonly act: (path: string) => Promise<void>;
  readonly runJobs: () => Promise<void>;
};

/** The feature on a real database beside a sandbox company that sends its webhooks to it. */
export const withSandbox = (
  work: (sandbox: Sandbox) => Promise<void>,
  chaos: Chaos = {},
  clock = systemClock,
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
    const company = await startPaymentCompany({ port: 0, ...SECRETS, webhookUrl, dataFolder, chaos });
    const dependencies: PaymentDependencies = {
      db,
      clock,
      log: openLog('silent'),
      baseUrl: 'http://127.0.0.1:1',
      universityName: { ja: '大学', en: 'University' },
      cashDays: 3,
      provider: createSandboxProvider({ url: company.url, ...SECRETS }),
    };
    receive = (body, signature) => receiveWebhook(dependencies, body, () => signature);
    const act = async (path: string): Promise<void> => {
      const headers = { Authorization: `Bearer ${SECRETS.secretKey}` };
      const answer = await fetch(`${company.url}/v1/test/${path}`, { method: 'POST', headers });
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    };
    try {
      await work({ dependencies, answers, act, runJobs: () => runJobs(db, paymentJobs(dependencies)) });
    } finally {
      await company.close();
      merchant.closeAllConnections();
      merchant.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  });
