import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { copiesField } from '#domain/order/draft.ts';
import { deliveryJobs } from '#features/delivery/index.ts';
import { issuanceJobs } from '#features/issuance/index.ts';
import { saveDraft } from '#features/ordering/draft-store.ts';
import { orderingJobs, placeOrder, transitionOrder } from '#features/ordering/index.ts';
import { paymentJobs } from '#features/payment/index.ts';
import { createCopierGateway, printingJobs } from '#features/printing/index.ts';
import type { Clock } from '#platform/clock.ts';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { JobHandlers } from '#platform/jobs/jobs.ts';
import { openLog } from '#platform/log.ts';
import type { Parts } from '#src/compose/parts.ts';
import { openParts } from '#src/compose/parts.ts';
import { loadUniversity, readEnvironment } from '#src/config.ts';
import { openMachine } from './copier.ts';
import { withDatabase } from './database.ts';

const UNIVERSITY_FOLDER = resolve(import.meta.dirname, '../../config/demo');

/** The service's own parts on a database: real register, typesetter, keys and files. */
export const openService = async (
  db: Database,
  place: { url: string; dataFolder: string; clock: Clock; baseUrl?: string },
): Promise<{ parts: Parts; jobs: JobHandlers }> => {
  const { url, dataFolder, clock, baseUrl } = place;
  const variables = {
    DATABASE_URL: url,
    AKASHI_DATA: dataFolder,
    AKASHI_CONFIG: UNIVERSITY_FOLDER,
    ...(baseUrl === undefined ? {} : { AKASHI_BASE_URL: baseUrl }),
  };
  const environment = readEnvironment(variables, 'development');
  const university = await loadUniversity(UNIVERSITY_FOLDER);
  const parts = await openParts({ db, clock, log: openLog('silent'), environment, university });
  const jobs = {
    ...orderingJobs(parts.ordering),
    ...paymentJobs(parts.payment),
    ...issuanceJobs(parts.issuance, parts.archive),
    ...printingJobs(parts.printing),
    ...deliveryJobs(parts.delivery),
  };
  return { parts, jobs };
};

export type Student = { readonly accountId: string; readonly personId: string; readonly enrolmentId: string };

const addAccount = async (db: Database, clock: Clock): Promise<string> => {
  const at = clock.now();
  const { id } = await db
    .insertInto('account')
    .values({
      identity_provider: 'https://idp.example',
      principal_name: 'misaki@example',
      mail_address: 'misaki@example.jp',
      mail_verified_at: at,
      created_at: at,
      last_sign_in_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** A student of the imported sample register, with an account and a verified address. */
export const findStudent = async (db: Database, clock: Clock): Promise<Student> => {
  const { id, person_id: personId } = await db
    .selectFrom('enrolment')
    .select(['id', 'person_id'])
    .where('student_number', '=', '1029310001')
    .executeTakeFirstOrThrow();
  return { accountId: await addAccount(db, clock), personId, enrolmentId: id };
};

/** A third-year student with an account and a verified address. */
export const addStudent = async (db: Database, clock: Clock): Promise<Student> => {
  const person = await db
    .insertInto('person')
    .values({
      register_key: 'P1',
      name_ja: '佐藤 美咲',
      name_kana: 'サトウ ミサキ',
      name_roman: 'SATO Misaki',
      birth_date: Temporal.PlainDate.from('2005-07-14'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const enrolment = await db
    .insertInto('enrolment')
    .values({
      person_id: person.id,
      student_number: '1029310001',
      faculty: 'engineering',
      programme: 'informatics',
      level: 'bachelor',
      category: 'regular',
      status: 'enrolled',
      year_of_study: 3,
      admission_date: Temporal.PlainDate.from('2024-04-01'),
      expected_graduation_date: Temporal.PlainDate.from('2028-03-24'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { accountId: await addAccount(db, clock), personId: person.id, enrolmentId: enrolment.id };
};

/** An order for the store, paid for; `languages` are those in which its certificate of enrolment is wanted. */
export const placePaidOrder = async (
  { ordering }: Parts,
  { accountId, personId, enrolmentId }: Student,
  languages: readonly ('ja' | 'en')[] = ['ja'],
): Promise<string> => {
  const { db, clock } = ordering;
  const key = randomBytes(8).toString('hex');
  const copies = Object.fromEntries(
    languages.map((language) => [copiesField(enrolmentId, 'enrolment', language), '1']),
  );
  await saveDraft(db, accountId, { destination: 'store', copies, typed: {}, key }, clock.now());
  const submission = { accountId, personId, language: 'en' as const, idempotencyKey: key };
  const { id: orderId } = await placeOrder(ordering, submission);
  await transitionOrder(db, { orderId, event: 'settle', at: clock.now(), actor: 'system' });
  return orderId;
};

export type Copier = {
  readonly call: (method: string, path: string, json?: unknown) => Promise<Response>;
  /** Looks the order's number up and claims it; answers whatever the gateway does. */
  readonly claim: (orderId: string) => Promise<Response>;
};

export type IssuingWorld = {
  readonly db: Database;
  readonly clock: ReturnType<typeof manualClock>;
  readonly parts: Parts;
  readonly student: Student;
  readonly copier: Copier;
  /** Runs one job now, as the worker would. */
  readonly run: (name: string, payload: Readonly<Record<string, string>>) => Promise<void>;
  /** Runs what follows a payment, up to the print number. */
  readonly issue: (orderId: string) => Promise<void>;
};

const openCopier = async (parts: Parts): Promise<Copier & { close: () => void }> => {
  const { printing } = parts;
  const server = createServer(getRequestListener(createCopierGateway(printing).fetch));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const [key] = printing.copierKeys;
  const { call } = openMachine(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key ?? { keyId: '', secret: '' },
    printing.clock.now,
  );
  const claim = async (orderId: string): Promise<Response> => {
    const job = await printing.db
      .selectFrom('print_job')
      .select(['id', 'secrets'])
      .where('order_id', '=', orderId)
      .executeTakeFirstOrThrow();
    const ticket = printing.secrets.open(job.id, job.secrets);
    const found = await call('POST', '/lookups', { ...ticket, device: 'd1' });
    if (!found.ok) return found;
    const { claimToken } = (await found.json()) as { claimToken: string };
    return call('POST', '/claims', { claimToken, device: 'd1' });
  };
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { call, claim, close };
};

/** A service that issues, with one student and one copier, on a clock that stands still. */
export const withIssuing = (work: (world: IssuingWorld) => Promise<void>): Promise<void> =>
  withDatabase(async ({ db, url }) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'akashi-issuing-'));
    const clock = manualClock('2026-11-24T03:00:00Z');
    const { parts, jobs } = await openService(db, { url, dataFolder, clock });
    const copier = await openCopier(parts);
    const run: IssuingWorld['run'] = async (name, payload) => jobs[name]?.(payload);
    const issue = async (orderId: string): Promise<void> => {
      await run('issue-order', { orderId });
      await run('prepare-print', { orderId });
    };
    try {
      const student = await addStudent(db, clock);
      await work({ db, clock, parts, student, copier, run, issue });
    } finally {
      copier.close();
      parts.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  });
