import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
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

const claims = {
  byId: prepare((db, { claimId }: { readonly claimId: string }) =>
    selectClaims(db).where('id', '=', claimId),
  ),
  last: prepare((db, { jobId }: { readonly jobId: string }) =>
    selectClaims(db)
      .where('job_id', '=', jobId)
      .where('fence', '=', db.selectFrom('print_job').select('fence').where('id', '=', jobId)),
  ),
};

export const findClaim = (db: Database, claimId: string) => claims.byId.first(db, { claimId });

export const listClaims = (db: Database, jobId: string): Promise<PrintClaimRow[]> =>
  selectClaims(db).where('job_id', '=', jobId).execute();

/** The claim that holds a job's fence, as long as none has followed it. */
export const findLastClaim = (db: Database, jobId: string) => claims.last.first(db, { jobId });

type Lease = {
  readonly network: string;
  readonly device: string;
  /** How many documents it is given. */
  readonly documents: number;
  readonly claimedAt: Temporal.Instant;
  readonly leasedUntil: Temporal.Instant;
};

const insert = prepare(
  (db, given: Lease & { readonly id: string; readonly jobId: string; readonly fence: number }) => {
    const { id, jobId: job_id, fence, network, device, documents } = given;
    const { claimedAt: claimed_at, leasedUntil: leased_until } = given;
    return db
      .with('fenced', (within) =>
        within.updateTable('print_job').set({ fence, wrong_pins: 0 }).where('id', '=', job_id),
      )
      .insertInto('print_claim')
      .values({ id, job_id, fence, network, device, documents, claimed_at, leased_until });
  },
);

/** Gives a locked job's next fence to one device until `leasedUntil`; wrong PINs of before are forgiven. */
export const addClaim = async (
  tx: Database,
  { id: jobId, fence: last }: Pick<PrintJobRow, 'id' | 'fence'>,
  lease: Lease,
): Promise<{ id: string; fence: number }> => {
  const fence = last + 1;
  const id = randomUUID();
  await insert.write(tx, { id, jobId, fence, ...lease });
  return { id, fence };
};

type Progress = {
  readonly claimId: string;
  readonly network: string;
  readonly fence: number;
  readonly pages: number;
  readonly at: Temporal.Instant;
  readonly leasedUntil: Temporal.Instant;
};

const progress = prepare((db, { claimId, network, fence, pages, at, leasedUntil }: Progress) =>
  db
    .updateTable('print_claim')
    .set({ pages_printed: sql`greatest(pages_printed, ${pages})`, leased_until: leasedUntil })
    .where('id', '=', claimId)
    .where('network', '=', network)
    .where('fence', '=', fence)
    .where('outcome', 'is', null)
    .where('leased_until', '>', at)
    .returning('id'),
);

/**
 * Notes how many pages are out and renews the lease, while it runs; false, and without effect, where no such claim of that
 * network and fence has a lease at `at`.
 */
export const saveProgress = async (db: Database, made: Progress): Promise<boolean> =>
  (await progress.first(db, made)) !== undefined;

/** Moves the end of a lease; without effect once an outcome is reported. */
export const extendLease = async (db: Database, claimId: string, until: Temporal.Instant): Promise<void> => {
  await db
    .updateTable('print_claim')
    .set({ leased_until: until })
    .where('id', '=', claimId)
    .where('outcome', 'is', null)
    .execute();
};

const reported = prepare((db, given: { claimId: string; outcome: string; at: Temporal.Instant }) =>
  db
    .updateTable('print_claim')
    .set({ outcome: given.outcome, outcome_at: given.at })
    .where('id', '=', given.claimId),
);

/** Keeps what a copier reported, as it reported it. */
export const saveOutcome = async (
  tx: Database,
  claimId: string,
  { outcome, at }: { outcome: object; at: Temporal.Instant },
): Promise<void> => {
  await reported.write(tx, { claimId, outcome: JSON.stringify(outcome), at });
};
