import { sql } from 'kysely';
import type { WithdrawalReason } from '#domain/certificate/withdrawal.ts';
import type { Database } from '#platform/database/database.ts';
import { write } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';
import type { CertificateStatus } from './issuance-store.ts';

/** Withdraws one impression; the job of the same transaction enters it into the log, and the status list names it. */
export const withdrawImpression = async (
  tx: Database,
  certificateId: string,
  status: Exclude<CertificateStatus, 'valid'>,
  { reason, at }: { reason: WithdrawalReason; at: Temporal.Instant },
): Promise<void> => {
  await write(
    tx,
    tx
      .updateTable('issued_certificate')
      .set({ status, status_reason: reason, status_since: at })
      .where('id', '=', certificateId),
  );
  await addJob(tx, 'log-withdrawal', { certificateId });
};

/**
 * Impressions withdrawn since an instant before they were known to stand in the log: a run that died after it entered
 * one left nobody to say so.
 */
export const listWithdrawnUnlogged = async (db: Database, since: Temporal.Instant): Promise<string[]> => {
  const withdrawn = db.selectFrom('issued_certificate').select('id').where('status', '<>', 'valid');
  const rows = withdrawn.where('status_since', '>=', since).where('log_index', 'is', null).execute();
  return (await rows).map(({ id }) => id);
};

export type ImpressionSummary = {
  readonly serial: string;
  readonly impression: number;
  readonly number: string;
  readonly state: string;
  readonly status: string;
  readonly reason: string | null;
  readonly since: Temporal.Instant | null;
  readonly reservedAt: Temporal.Instant;
};

export const listSerial = async (db: Database, serial: string): Promise<ImpressionSummary[]> => {
  const rows = await db
    .selectFrom('issued_certificate')
    .select(['serial', 'impression', 'state', 'status', 'status_reason', 'status_since', 'reserved_at'])
    .select(sql<string>`record ->> 'certificateNumber'`.as('number'))
    .where('serial', '=', serial)
    .orderBy('impression')
    .execute();
  return rows.map((row) => ({
    serial: row.serial,
    impression: row.impression,
    number: row.number,
    state: row.state,
    status: row.status,
    reason: row.status_reason,
    since: row.status_since,
    reservedAt: row.reserved_at,
  }));
};
