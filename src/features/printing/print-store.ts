import { sql } from 'kysely';
import type { OrderState } from '#domain/order/states.ts';
import type { Database } from '#platform/database/database.ts';
import { write } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { PrintableDocument } from './dependencies.ts';

export type { PrintDocumentRow, PrintJobRow, Reopening };

// Named one by one: only then does a connection keep the plans of these statements.
export const JOB_COLUMNS = [
  'id',
  'order_id',
  'number_index',
  'secrets',
  'networks',
  'deadline',
  'fence',
  'generation',
  'wrong_pins',
  'replacing',
  'finished_at',
  'reprinted_at',
  'extended_at',
  'bad_prints',
] as const;
const DOCUMENT_COLUMNS = [
  'job_id',
  'position',
  'document_id',
  'pages',
  'sha256',
  'state',
  'completed_at',
] as const;

const selectJobs = (db: Database) => db.selectFrom('print_job').select(JOB_COLUMNS);
type PrintJobRow = Awaited<ReturnType<ReturnType<typeof selectJobs>['executeTakeFirstOrThrow']>>;
const selectDocuments = (db: Database) => db.selectFrom('print_document').select(DOCUMENT_COLUMNS);
type PrintDocumentRow = Awaited<ReturnType<ReturnType<typeof selectDocuments>['executeTakeFirstOrThrow']>>;

export type TicketColumns = {
  readonly number_index: Buffer;
  readonly secrets: Buffer;
};

type ByOrder = { readonly orderId: string };
type ById = { readonly jobId: string };
type ByClaim = { readonly claimId: string };

const lockStateOfOrder = prepare((db, { jobId }: { readonly jobId: string }) => {
  const order = db.selectFrom('print_job').select('order_id').where('id', '=', jobId);
  return db.selectFrom('certificate_order').select('state').where('id', '=', order).forUpdate();
});

/** The state of the order that a job prints, its row locked until the transaction ends; null for no such job. */
export const lockOrderOfJob = async (tx: Database, jobId: string): Promise<OrderState | null> =>
  ((await lockStateOfOrder.first(tx, { jobId }))?.state as OrderState | undefined) ?? null;

const jobOfClaim = (db: Database, claimId: string) =>
  db.selectFrom('print_claim').select('job_id').where('id', '=', claimId);

const jobs = {
  ofOrder: prepare((db, { orderId }: ByOrder) => selectJobs(db).where('order_id', '=', orderId)),
  lockOfOrder: prepare((db, { orderId }: ByOrder) =>
    selectJobs(db).where('order_id', '=', orderId).forUpdate(),
  ),
  byId: prepare((db, { jobId }: ById) => selectJobs(db).where('id', '=', jobId)),
  lockById: prepare((db, { jobId }: ById) => selectJobs(db).where('id', '=', jobId).forUpdate()),
  lockOfClaim: prepare((db, { claimId }: ByClaim) =>
    selectJobs(db).where('id', '=', jobOfClaim(db, claimId)).forUpdate(),
  ),
};
const documents = {
  ofJob: prepare((db, { jobId }: ById) =>
    selectDocuments(db).where('job_id', '=', jobId).orderBy('position'),
  ),
  ofOrder: prepare((db, { orderId }: ByOrder) =>
    selectDocuments(db)
      .where('job_id', '=', db.selectFrom('print_job').select('id').where('order_id', '=', orderId))
      .orderBy('position'),
  ),
  ofClaim: prepare((db, { claimId }: ByClaim) =>
    selectDocuments(db).where('job_id', '=', jobOfClaim(db, claimId)).orderBy('position'),
  ),
};

export const findJobByOrder = (db: Database, orderId: string) => jobs.ofOrder.first(db, { orderId });

export const findJobById = (db: Database, jobId: string) => jobs.byId.first(db, { jobId });

export const lockJob = (tx: Database, jobId: string) => jobs.lockById.first(tx, { jobId });

/** The job that a claim is of. */
export const lockJobOfClaim = (tx: Database, claimId: string) => jobs.lockOfClaim.first(tx, { claimId });

export const lockJobByOrder = (tx: Database, orderId: string) => jobs.lockOfOrder.first(tx, { orderId });

/** A new job under its first number and PIN. `networks` are those whose copiers may print it. */
export const insertJob = async (
  tx: Database,
  job: {
    readonly id: string;
    readonly orderId: string;
    readonly columns: TicketColumns;
    readonly networks: string[];
    readonly deadline: Temporal.Instant;
    readonly at: Temporal.Instant;
  },
): Promise<void> => {
  const { id, orderId: order_id, columns, networks, deadline, at: created_at } = job;
  await write(
    tx,
    tx.insertInto('print_job').values({ id, order_id, ...columns, networks, deadline, created_at }),
  );
};

/** Puts copies behind the `there` that the job has already. */
export const appendDocuments = async (
  tx: Database,
  { jobId, there }: { jobId: string; there: number },
  documents: readonly PrintableDocument[],
): Promise<void> => {
  if (documents.length === 0) return;
  const rows = documents.map(({ documentId, pages, sha256 }, index) => ({
    job_id: jobId,
    position: there + index + 1,
    document_id: documentId,
    pages,
    sha256,
  }));
  await write(tx, tx.insertInto('print_document').values(rows));
};

export const listPrintDocuments = (db: Database, jobId: string): Promise<PrintDocumentRow[]> =>
  documents.ofJob.all(db, { jobId });

/** The copies of the job of an order. */
export const listDocumentsOfOrder = (db: Database, orderId: string): Promise<PrintDocumentRow[]> =>
  documents.ofOrder.all(db, { orderId });

/** The copies of the job that a claim is of. */
export const listDocumentsOfClaim = (db: Database, claimId: string): Promise<PrintDocumentRow[]> =>
  documents.ofClaim.all(db, { claimId });

export const findPrintDocument = (db: Database, documentId: string) =>
  selectDocuments(db).where('document_id', '=', documentId).executeTakeFirst();

/** States in which a copy is still to be printed. */
export const PRINTABLE: readonly string[] = ['waiting', 'spoiled', 'renewing'];

type Completed = {
  readonly jobId: string;
  readonly positions: readonly number[];
  readonly at: Temporal.Instant;
};
const complete = prepare((db, { jobId, positions, at }: Completed) =>
  db
    .updateTable('print_document')
    .set({ state: 'completed', completed_at: at })
    .where('job_id', '=', jobId)
    .where(({ eb, fn }) => eb('position', '=', fn.any(sql<number[]>`${positions}::integer[]`)))
    .where('state', '=', 'waiting'),
);

/** Copies that are out whole; without effect on any that is not waiting for that. */
export const completeDocuments = async (
  tx: Database,
  jobId: string,
  positions: readonly number[],
  at: Temporal.Instant,
): Promise<void> => {
  if (positions.length === 0) return;
  await complete.write(tx, { jobId, positions, at });
};

/** What was handed to a copier and not reported whole may be on paper. */
export const spoilWaiting = async (tx: Database, jobId: string): Promise<void> => {
  await write(
    tx,
    tx
      .updateTable('print_document')
      .set({ state: 'spoiled' })
      .where('job_id', '=', jobId)
      .where('state', '=', 'waiting'),
  );
};

const finish = prepare((db, { jobId, at }: { readonly jobId: string; readonly at: Temporal.Instant }) =>
  db.updateTable('print_job').set({ finished_at: at }).where('id', '=', jobId),
);

/** Nothing is printed under the job any more. */
export const finishJob = (tx: Database, jobId: string, at: Temporal.Instant): Promise<void> =>
  finish.write(tx, { jobId, at });

/** Ends a job for good: claim tokens handed out for it are worth nothing from here. */
export const closeJob = async (tx: Database, job: PrintJobRow, at: Temporal.Instant): Promise<void> => {
  const closed = { finished_at: at, generation: job.generation + 1 };
  await write(tx, tx.updateTable('print_job').set(closed).where('id', '=', job.id));
};

/** Takes the fence from the last claim: what that copier may still report is stale from here. */
export const takeFence = async (tx: Database, job: PrintJobRow): Promise<void> => {
  await write(
    tx,
    tx
      .updateTable('print_job')
      .set({ fence: job.fence + 1 })
      .where('id', '=', job.id),
  );
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
  await write(
    tx,
    tx
      .updateTable('print_job')
      .set({ ...reopening, finished_at: null, fence: job.fence + 1 })
      .where('id', '=', job.id),
  );
};

/** Puts another number and PIN in the place of the last; claim tokens of the last are worth nothing from here. */
export const saveTicket = async (tx: Database, job: PrintJobRow, columns: TicketColumns): Promise<void> => {
  await write(
    tx,
    tx
      .updateTable('print_job')
      .set({ ...columns, generation: job.generation + 1, replacing: false, wrong_pins: 0 })
      .where('id', '=', job.id),
  );
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
