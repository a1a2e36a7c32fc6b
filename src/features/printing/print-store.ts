import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

export type { PrintDocumentRow, PrintJobRow, Reopening };

const selectJobs = (db: Database) => db.selectFrom('print_job').selectAll();
type PrintJobRow = Awaited<ReturnType<ReturnType<typeof selectJobs>['executeTakeFirstOrThrow']>>;
const selectDocuments = (db: Database) => db.selectFrom('print_document').selectAll();
type PrintDocumentRow = Awaited<ReturnType<ReturnType<typeof selectDocuments>['executeTakeFirstOrThrow']>>;

export type TicketColumns = {
  readonly number_index: Buffer;
  readonly secrets: Buffer;
  readonly pin_hash: string;
};

export const findJobByIndex = (db: Database, index: Buffer) =>
  selectJobs(db).where('number_index', '=', index).executeTakeFirst();

export const findJobByOrder = (db: Database, orderId: string) =>
  selectJobs(db).where('order_id', '=', orderId).executeTakeFirst();

export const lockJob = (tx: Database, jobId: string) =>
  selectJobs(tx).where('id', '=', jobId).forUpdate().executeTakeFirst();

export const listPrintDocuments = (db: Database, jobId: string): Promise<PrintDocumentRow[]> =>
  selectDocuments(db).where('job_id', '=', jobId).orderBy('position').execute();

export const findPrintDocument = (db: Database, documentId: string) =>
  selectDocuments(db).where('document_id', '=', documentId).executeTakeFirst();

/** States in which a copy is still to be printed. */
export const PRINTABLE: readonly string[] = ['waiting', 'spoiled', 'renewing'];

/** What was handed to a copier and not reported whole may be on paper. */
export const spoilWaiting = async (tx: Database, jobId: string): Promise<void> => {
  await tx
    .updateTable('print_document')
    .set({ state: 'spoiled' })
    .where('job_id', '=', jobId)
    .where('state', '=', 'waiting')
    .execute();
};

/** What opening a job again notes in its row. */
type Reopening = {
  readonly deadline: Temporal.Instant;
  readonly reprinted_at?: Temporal.Instant;
  readonly extended_at?: Temporal.Instant;
  readonly bad_prints?: number;
};

/** Opens a closed job again until a new deadline; what the last copier may still report is stale from here. */
export const reopenJob = async (tx: Database, job: PrintJobRow, reopening: Reopening): Promise<void> => {
  await tx
    .updateTable('print_job')
    .set({ ...reopening, finished_at: null, fence: job.fence + 1 })
    .where('id', '=', job.id)
    .execute();
};

/** Puts another number and PIN in the place of the last; claim tokens of the last are worth nothing from here. */
export const saveTicket = async (tx: Database, job: PrintJobRow, columns: TicketColumns): Promise<void> => {
  await tx
    .updateTable('print_job')
    .set({ ...columns, generation: job.generation + 1, replacing: false, wrong_pins: 0 })
    .where('id', '=', job.id)
    .execute();
};

/** Changes one copy's row while it is in state `from`; without effect otherwise. */
export const savePrintDocument = async (
  db: Database,
  { jobId, position, from }: { jobId: string; position: number; from: string },
  change: {
    state: string;
    document_id?: string;
    pages?: number;
    sha256?: string;
    completed_at?: Temporal.Instant | null;
  },
): Promise<void> => {
  await db
    .updateTable('print_document')
    .set(change)
    .where('job_id', '=', jobId)
    .where('position', '=', position)
    .where('state', '=', from)
    .execute();
};

export const findClaim = (db: Database, claimId: string) =>
  db.selectFrom('print_claim').selectAll().where('id', '=', claimId).executeTakeFirst();

export const findClaimByFence = (db: Database, jobId: string, fence: number) =>
  db
    .selectFrom('print_claim')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('fence', '=', fence)
    .executeTakeFirst();

/** True the first time a key uses a nonce; nonces older than the window are forgotten on the way. */
export const rememberNonce = async (
  db: Database,
  {
    keyId,
    nonce,
    now,
    until,
  }: { keyId: string; nonce: string; now: Temporal.Instant; until: Temporal.Instant },
): Promise<boolean> => {
  await db.deleteFrom('copier_nonce').where('expires_at', '<', now).execute();
  const row = await db
    .insertInto('copier_nonce')
    .values({ key_id: keyId, nonce, expires_at: until })
    .onConflict((conflict) => conflict.doNothing())
    .returning('nonce')
    .executeTakeFirst();
  return row !== undefined;
};

export const countMisses = async (
  db: Database,
  { network, device, since }: { network: string; device: string; since: Temporal.Instant },
): Promise<number> => {
  const row = await db
    .selectFrom('copier_miss')
    .select(sql<number>`count(*)::integer`.as('misses'))
    .where('network', '=', network)
    .where('device', '=', device)
    .where('at', '>', since)
    .executeTakeFirstOrThrow();
  return row.misses;
};
