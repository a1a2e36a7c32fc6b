import type { Database } from '#platform/database/database.ts';

const selectPushes = (db: Database) => db.selectFrom('campus_push').selectAll();
export type PushRow = Awaited<ReturnType<ReturnType<typeof selectPushes>['executeTakeFirstOrThrow']>>;
const selectCopies = (db: Database) => db.selectFrom('campus_push_copy').selectAll();
export type PushCopyRow = Awaited<ReturnType<ReturnType<typeof selectCopies>['executeTakeFirstOrThrow']>>;

/** What keeps a machine from printing. */
export type Trouble = 'busy' | 'unreachable' | 'refused' | 'stopped';

export type CopyChange =
  | { readonly state: 'ready' | 'submitted' }
  | { readonly state: 'sent'; readonly printer_job: number }
  | { readonly state: 'ended'; readonly result: 'completed' | 'partial' | 'failed' };

export const insertPush = async (
  tx: Database,
  push: { claim_id: string; machine: string; name: string; release_until: Temporal.Instant },
  positions: readonly number[],
): Promise<void> => {
  await tx.insertInto('campus_push').values(push).execute();
  const copies = positions.map((position) => ({ claim_id: push.claim_id, position }));
  await tx.insertInto('campus_push_copy').values(copies).execute();
};

export const findPush = (db: Database, claimId: string): Promise<PushRow | undefined> =>
  selectPushes(db).where('claim_id', '=', claimId).executeTakeFirst();

/** The last push of a print job, and whether its outcome is known. */
export const findLastPush = (db: Database, jobId: string) =>
  db
    .selectFrom('campus_push')
    .innerJoin('print_claim', 'print_claim.id', 'campus_push.claim_id')
    .selectAll('campus_push')
    .select(['print_claim.outcome_at', 'print_claim.fence', 'print_claim.leased_until'])
    .where('print_claim.job_id', '=', jobId)
    .orderBy('print_claim.fence', 'desc')
    .limit(1)
    .executeTakeFirst();

export const listCopies = (db: Database, claimId: string): Promise<PushCopyRow[]> =>
  selectCopies(db).where('claim_id', '=', claimId).orderBy('position').execute();

export const saveCopy = async (
  db: Database,
  { claim_id, position }: Pick<PushCopyRow, 'claim_id' | 'position'>,
  change: CopyChange,
): Promise<void> => {
  await db
    .updateTable('campus_push_copy')
    .set(change)
    .where('claim_id', '=', claim_id)
    .where('position', '=', position)
    .where('state', '<>', 'ended')
    .execute();
};

/** Notes what is the matter; true when it is something else than before. */
export const saveTrouble = async (
  db: Database,
  claimId: string,
  trouble: Trouble | null,
): Promise<boolean> => {
  const row = await db
    .updateTable('campus_push')
    .set({ trouble })
    .where('claim_id', '=', claimId)
    .where('trouble', 'is distinct from', trouble)
    .returning('claim_id')
    .executeTakeFirst();
  return row !== undefined;
};

/** Asks for the end of a push; false when it was asked for before. */
export const takeBack = async (db: Database, claimId: string, at: Temporal.Instant): Promise<boolean> => {
  const row = await db
    .updateTable('campus_push')
    .set({ taken_back_at: at })
    .where('claim_id', '=', claimId)
    .where('taken_back_at', 'is', null)
    .returning('claim_id')
    .executeTakeFirst();
  return row !== undefined;
};
