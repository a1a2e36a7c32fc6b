import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { write } from '#platform/database/database.ts';
import type { PrintJobRow } from './print-store.ts';

const COLUMNS = [
  'id',
  'job_id',
  'fence',
  'network',
  'device',
  'documents',
  'claimed_at',
  'leased_until',
  'pages_printed',
  'outcome',
  'outcome_at',
] as const;

const selectClaims = (db: Database) => db.selectFrom('print_claim').select(COLUMNS);
export type PrintClaimRow = Awaited<ReturnType<ReturnType<typeof selectClaims>['executeTakeFirstOrThrow']>>;

export const findClaim = (db: Database, claimId: string) =>
  selectClaims(db).where('id', '=', claimId).executeTakeFirst();

export const listClaims = (db: Database, jobId: string): Promise<PrintClaimRow[]> =>
  selectClaims(db).where('job_id', '=', jobId).execute();

/** The claim that holds a job's fence, as long as none has followed it. */
export const findLastClaim = (db: Database, jobId: string) =>
  selectClaims(db)
    .where('job_id', '=', jobId)
    .where('fence', '=', db.selectFrom('print_job').select('fence').where('id', '=', jobId))
    .executeTakeFirst();

type Lease = {
  readonly network: string;
  readonly device: string;
  /** How many documents it is given. */
  readonly documents: number;
  readonly claimedAt: Temporal.Instant;
  readonly leasedUntil: Temporal.Instant;
};

/** Gives a locked job's next fence to one device until `leasedUntil`; wrong PINs of before are forgiven. */
export const addClaim = async (
  tx: Database,
  { id: jobId, fence: last }: Pick<PrintJobRow, 'id' | 'fence'>,
  lease: Lease,
): Promise<{ id: string; fence: number }> => {
  const fence = last + 1;
  const id = randomUUID();
  const { claimedAt: claimed_at, leasedUntil: leased_until, ...device } = lease;
  await write(
    tx,
    tx
      .with('fenced', (db) =>
        db.updateTable('print_job').set({ fence, wrong_pins: 0 }).where('id', '=', jobId),
      )
      .insertInto('print_claim')
      .values({ id, job_id: jobId, fence, ...device, claimed_at, leased_until }),
  );
  return { id, fence };
};

/**
 * Notes how many pages are out and renews the lease, while it runs; false, and without effect, where no such claim of that
 * network and fence has a lease at `at`.
 */
export const saveProgress = async (
  db: Database,
  { claimId, network, fence }: { claimId: string; network: string; fence: number },
  { pages, at, leasedUntil }: { pages: number; at: Temporal.Instant; leasedUntil: Temporal.Instant },
): Promise<boolean> => {
  const saved = await db
    .updateTable('print_claim')
    .set({ pages_printed: sql`greatest(pages_printed, ${pages})`, leased_until: leasedUntil })
    .where('id', '=', claimId)
    .where('network', '=', network)
    .where('fence', '=', fence)
    .where('outcome', 'is', null)
    .where('leased_until', '>', at)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
};

/** Moves the end of a lease; without effect once an outcome is reported. */
export const extendLease = async (db: Database, claimId: string, until: Temporal.Instant): Promise<void> => {
  await db
    .updateTable('print_claim')
    .set({ leased_until: until })
    .where('id', '=', claimId)
    .where('outcome', 'is', null)
    .execute();
};

/** Keeps what a copier reported, as it reported it. */
export const saveOutcome = async (
  tx: Database,
  claimId: string,
  { outcome, at }: { outcome: object; at: Temporal.Instant },
): Promise<void> => {
  await write(
    tx,
    tx
      .updateTable('print_claim')
      .set({ outcome: JSON.stringify(outcome), outcome_at: at })
      .where('id', '=', claimId),
  );
};
