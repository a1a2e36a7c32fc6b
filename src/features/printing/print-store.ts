import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

export type { PrintDocumentRow, PrintJobRow };

const selectJobs = (db: Database) => db.selectFrom('print_job').selectAll();
type PrintJobRow = Awaited<ReturnType<ReturnType<typeof selectJobs>['executeTakeFirstOrThrow']>>;
const selectDocuments = (db: Database) => db.selectFrom('print_document').selectAll();
type PrintDocumentRow = Awaited<ReturnType<ReturnType<typeof selectDocuments>['executeTakeFirstOrThrow']>>;

export const findJobByIndex = (db: Database, index: Buffer) =>
  selectJobs(db).where('number_index', '=', index).executeTakeFirst();

export const findJobByOrder = (db: Database, orderId: string) =>
  selectJobs(db).where('order_id', '=', orderId).executeTakeFirst();

export const lockJob = (tx: Database, jobId: string) =>
  selectJobs(tx).where('id', '=', jobId).forUpdate().executeTakeFirst();

export const listPrintDocuments = (db: Database, jobId: string): Promise<PrintDocumentRow[]> =>
  selectDocuments(db).where('job_id', '=', jobId).orderBy('position').execute();

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
