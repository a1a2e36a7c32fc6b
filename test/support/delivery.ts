import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { copiesField } from '#domain/order/draft.ts';
import type { DeliveryDependencies } from '#features/delivery/index.ts';
import { createApplicantRoutes, createRecipientRoutes } from '#features/delivery/index.ts';
import { saveDraft } from '#features/ordering/draft-store.ts';
import type { Order } from '#features/ordering/index.ts';
import { createOrderingRoutes, placeOrder, readOrder, transitionOrder } from '#features/ordering/index.ts';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { withDatabase } from './database.ts';
import { dressedApp } from './dressed-app.ts';
import type { Student } from './issuing.ts';
import { addStudent, openService } from './issuing.ts';

export type TestRecipient = {
  readonly mail: string;
  readonly asksCode?: boolean;
  readonly language?: 'ja' | 'en';
  readonly reference?: string;
  /** Copies of the certificate of enrolment, by language. */
  readonly copies: Partial<Record<'ja' | 'en', number>>;
};

export type DeliveryWorld = {
  readonly db: Database;
  readonly clock: ReturnType<typeof manualClock>;
  readonly student: Student;
  readonly dependencies: DeliveryDependencies;
  readonly dataFolder: string;
  readonly jobs: JobHandlers;
  /** Places, pays and issues an online order, up to its being queued for sending. */
  readonly issue: (recipients: readonly TestRecipient[]) => Promise<string>;
  /** The same, and sent. */
  readonly send: (recipients: readonly TestRecipient[]) => Promise<string>;
  readonly order: (orderId: string) => Promise<Order>;
  /** The newest mail to an address, with the token of its link. */
  readonly mailTo: (address: string) => Promise<{ subject: string; text: string; token: string }>;
  /** Runs the jobs that wait, of these names, whenever they are for. */
  readonly work: (...names: readonly string[]) => Promise<void>;
  readonly events: (orderId: string) => Promise<string[]>;
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
  readonly post: (path: string, fields?: Record<string, string>, cookie?: string) => Promise<Response>;
};

const openPages = (world: {
  dependencies: DeliveryDependencies;
  ordering: Parameters<typeof createOrderingRoutes>[0];
  student: Student;
}) => {
  const app = dressedApp('en', () => world.student);
  app.route('/', createRecipientRoutes(world.dependencies));
  app.route('/', createApplicantRoutes(world.dependencies));
  app.route('/', createOrderingRoutes(world.ordering));
  return app;
};

const draftOf = ({ enrolmentId }: Student, recipients: readonly TestRecipient[]) => {
  const copies: Record<string, string> = {};
  const typed: Record<string, string> = { parcels: String(recipients.length) };
  for (const language of ['ja', 'en'] as const) {
    const field = copiesField(enrolmentId, 'enrolment', language);
    const total = recipients.reduce((sum, one) => sum + (one.copies[language] ?? 0), 0);
    if (total > 0) copies[field] = String(total);
    for (const [index, one] of recipients.entries())
      typed[`put.${index + 1}.${field}`] = String(one.copies[language] ?? 0);
  }
  for (const [index, one] of recipients.entries()) {
    const fields = {
      organisation: `Organisation ${index + 1}`,
      mail: one.mail,
      again: one.mail,
      language: one.language ?? 'en',
      reference: one.reference ?? '',
      code: one.asksCode === true ? 'yes' : 'no',
    };
    for (const [name, value] of Object.entries(fields)) typed[`${name}.${index + 1}`] = value;
  }
  return { copies, typed };
};

/** A service that sends online, with one student, on a clock that stands still. */
export const withDelivery = (work: (world: DeliveryWorld) => Promise<void>): Promise<void> =>
  withDatabase(async ({ db, url }) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-delivery-'));
    const clock = manualClock('2026-11-24T03:00:00Z');
    const { parts, jobs } = await openService(db, { url, dataFolder, clock });
    const dependencies = parts.delivery;
    const student = await addStudent(db, clock);
    const app = openPages({ dependencies, ordering: parts.ordering, student });
    const issue: DeliveryWorld['issue'] = async (recipients) => {
      clock.advance({ seconds: 1 });
      const key = randomBytes(8).toString('hex');
      const { accountId, personId } = student;
      const draft = { destination: 'digital', key, ...draftOf(student, recipients) } as const;
      await saveDraft(db, accountId, draft, clock.now());
      const submission = { accountId, personId, language: 'en' as const, idempotencyKey: key };
      const { id: orderId } = await placeOrder(parts.ordering, submission);
      await transitionOrder(db, { orderId, event: 'settle', at: clock.now(), actor: 'system' });
      await jobs['issue-order']?.({ orderId });
      return orderId;
    };
    const world: DeliveryWorld = {
      db,
      clock,
      student,
      dependencies,
      dataFolder,
      jobs,
      issue,
      send: async (recipients) => {
        const orderId = await issue(recipients);
        await jobs['send-order']?.({ orderId });
        return orderId;
      },
      order: (orderId) => readOrder(db, orderId),
      mailTo: async (address) => {
        const mail = await db
          .selectFrom('mail_outbox')
          .select(['subject', 'text_body'])
          .where('recipient', '=', address)
          .orderBy('queued_at', 'desc')
          .limit(1)
          .executeTakeFirstOrThrow();
        const token = /\/delivery\/([\w-]+)/.exec(mail.text_body)?.[1] ?? '';
        return { subject: mail.subject, text: mail.text_body, token };
      },
      work: async (...names) => {
        const { rows } = await sql<{
          id: string;
          revision: number;
          name: string;
          payload: Record<string, string>;
        }>`
          select j.id, j.revision, t.identifier as name, j.payload from graphile_worker._private_jobs j
          join graphile_worker._private_tasks t on t.id = j.task_id
          where t.identifier = any(${names}) order by j.run_at, j.id`.execute(db);
        for (const { id, revision, name, payload } of rows) {
          await jobs[name]?.(payload);
          await sql`delete from graphile_worker._private_jobs
            where id = ${id}::bigint and revision = ${revision}`.execute(db);
        }
      },
      events: async (orderId) => {
        const query = db.selectFrom('audit_event').select('type').where('subject', '=', `order:${orderId}`);
        const rows = await query.where('type', 'like', 'delivery.%').orderBy('id').execute();
        return rows.map(({ type }) => type.replace('delivery.', ''));
      },
      get: async (path, init) => app.request(path, init),
      post: async (path, fields = {}, cookie = '') => {
        // Mails of one instant have no order.
        clock.advance({ seconds: 1 });
        return app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers: { cookie } });
      },
    };
    try {
      await work(world);
    } finally {
      parts.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  });
