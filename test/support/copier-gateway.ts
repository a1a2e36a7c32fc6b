import { createHash, createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { CampusPrinting, PrintingDependencies } from '#features/printing/index.ts';
import {
  createCopierGateway,
  createPrintSecrets,
  openAwaitedTickets,
  printingJobs,
} from '#features/printing/index.ts';
import { manualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { withDatabase } from './database.ts';
import { emptyPage } from './empty-page.ts';

type Sent = {
  /** Another signing key than the first network's. */
  readonly key?: { readonly keyId: string; readonly secret: string };
  readonly headers?: Readonly<Record<string, string>>;
};
export type CopierCall = (method: string, path: string, json?: unknown, sent?: Sent) => Promise<Response>;
export type Ticket = { readonly printNumber: string; readonly pin: string };
export type Order = { readonly orderId: string; readonly jobId: string; readonly ticket: Ticket };

/** What the gateway answers, as far as tests look at it. */
export type Offer = { readonly claimToken: string; readonly priceYen: number; readonly sheets: number };
export type Lease = {
  readonly claim: string;
  readonly fence: number;
  readonly documents: readonly {
    readonly document: number;
    readonly pages: number;
    readonly sha256: string;
  }[];
};

export type CopierWorld = {
  readonly db: Database;
  readonly clock: ReturnType<typeof manualClock>;
  readonly call: CopierCall;
  /** The gateway on other dependencies than the world's. */
  readonly callOn: (changed: Partial<PrintingDependencies>) => CopierCall;
  readonly dependencies: PrintingDependencies;
  /** An order of `documents` copies of one page each, made ready; its bytes are `bytesOf`. */
  readonly addOrder: (documents?: number, destination?: 'store' | 'campus') => Promise<Order>;
  readonly run: (name: string, payload: Readonly<Record<string, string>>) => Promise<void>;
  readonly lookUp: (ticket: Ticket, device?: string) => Promise<Offer>;
  /** What was waited for in milliseconds, and the alarms raised. */
  readonly waited: number[];
  readonly alarms: { readonly network: string; readonly misses: number }[];
};

export const FIRST_KEY = { keyId: 'k1', secret: 's1' };
export const NEXT_KEY = { keyId: 'k2', secret: 's2' };
export const FOREIGN_KEY = { keyId: 'm1', secret: 'm' };

export const bytesOf = (documentId: string): Buffer => emptyPage(documentId);
export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

const addAccount = async (db: Database, at: Temporal.Instant): Promise<string> => {
  const account = { identity_provider: 'idp', principal_name: 'a@b', created_at: at, last_sign_in_at: at };
  const row = await db
    .insertInto('account')
    .values({ ...account, mail_address: 'a@example.org', mail_verified_at: at })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
};

const insertOrder = async (
  db: Database,
  accountId: string,
  at: Temporal.Instant,
  { documents, destination }: { documents: number; destination: string },
) => {
  const row = await db
    .insertInto('certificate_order')
    .values({
      order_number: randomUUID(),
      account_id: accountId,
      person_id: randomUUID(),
      destination,
      state: 'preparing',
      issuance_fee_yen: 600,
      system_fee_yen: 60,
      total_yen: 660,
      print_charge_yen: 60 * documents,
      sheets: documents,
      language: 'ja',
      idempotency_key: randomUUID(),
      submitted_at: at,
      payment_deadline: at,
      paid_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
};

/** The copier gateway on a real database, with documents that are typed rather than typeset, on a clock that stands still. */
export const withCopiers = (
  work: (world: CopierWorld) => Promise<void>,
  start = '2026-11-24T03:00:00Z',
  campus: CampusPrinting = { machines: [], releaseMinutes: 60, reportMachine: () => {} },
): Promise<void> =>
  withDatabase(async ({ db }) => {
    const clock = manualClock(start);
    const accountId = await addAccount(db, clock.now());
    const documentsOf = new Map<string, string[]>();
    const waited: number[] = [];
    const alarms: { network: string; misses: number }[] = [];
    const made = (documentId: string) => ({ documentId, pages: 1, sha256: sha256(bytesOf(documentId)) });
    const dependencies: PrintingDependencies = {
      db,
      clock,
      secrets: createPrintSecrets(randomBytes(32)),
      baseUrl: 'http://localhost',
      draw: (below) => randomInt(below),
      printDays: 7,
      badPrints: { perOrder: 1, hours: 24 },
      chains: [{ code: 'x', nameJa: 'x', nameEn: 'x', copierNetwork: 'hinata', steps: [], stops: [] }],
      campus,
      copierKeys: [
        { code: 'hinata', ...FIRST_KEY },
        { code: 'hinata', ...NEXT_KEY },
        { code: 'madoka', ...FOREIGN_KEY },
      ],
      wait: async (milliseconds) => void waited.push(milliseconds),
      awaited: openAwaitedTickets(db, { everyMs: 20 }),
      raiseAlarm: (alarm) => void alarms.push(alarm),
      listDocuments: async (_db, orderId) => (documentsOf.get(orderId) ?? []).map(made),
      readDocument: async (documentId) => bytesOf(documentId),
      destroyDocument: async () => {},
      nameImpression: async (id) => ({ title: { ja: '', en: '' }, language: 'ja', serial: id }),
      isHalted: async () => false,
      renewImpression: async (_tx, old) => {
        const next = randomUUID();
        for (const [orderId, ids] of documentsOf)
          documentsOf.set(
            orderId,
            ids.map((id) => (id === old ? next : id)),
          );
        return next;
      },
      makeImpression: async (documentId) => made(documentId),
    };
    const jobs = printingJobs(dependencies);
    const callOn = (changed: Partial<PrintingDependencies>): CopierCall => {
      const gateway = createCopierGateway({ ...dependencies, ...changed });
      return async (method, path, json, { key = FIRST_KEY, headers = {} } = {}) => {
        const body = json === undefined ? '' : JSON.stringify(json);
        const time = headers['copier-time'] ?? String(Math.floor(clock.now().epochMilliseconds / 1000));
        const nonce = headers['copier-nonce'] ?? randomBytes(16).toString('hex');
        const text = [method, `/copier/v1${path}`, time, nonce, sha256(body)].join('\n');
        const signature = createHmac('sha256', key.secret).update(text).digest('hex');
        const signed = { 'copier-key': key.keyId, 'copier-time': time, 'copier-nonce': nonce };
        return gateway.request(`http://localhost/copier/v1${path}`, {
          method,
          headers: { ...signed, 'copier-signature': signature, ...headers },
          ...(body === '' ? {} : { body }),
        });
      };
    };
    const call = callOn({});
    await work({
      db,
      clock,
      call,
      callOn,
      dependencies,
      waited,
      alarms,
      addOrder: async (documents = 1, destination = 'store') => {
        const orderId = await insertOrder(db, accountId, clock.now(), { documents, destination });
        documentsOf.set(
          orderId,
          Array.from({ length: documents }, () => randomUUID()),
        );
        await jobs['prepare-print']?.({ orderId });
        const job = await db
          .selectFrom('print_job')
          .select(['id', 'secrets'])
          .where('order_id', '=', orderId)
          .executeTakeFirstOrThrow();
        return { orderId, jobId: job.id, ticket: dependencies.secrets.open(job.id, job.secrets) };
      },
      run: async (name, payload) => jobs[name]?.(payload),
      lookUp: async (ticket, device = 'd') => {
        const response = await call('POST', '/lookups', { ...ticket, device });
        if (!response.ok) throw new Error(`lookup answered ${response.status}`);
        return (await response.json()) as Offer;
      },
    });
  });
