import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

/** The process of the database server; null where it is not ours to look at. */
export const serverProcess = async (db: Database): Promise<number | null> => {
  const { rows } = await sql<{ pid: string }>`
    select split_part(pg_read_file('postmaster.pid'), E'\n', 1) as pid`
    .execute(db)
    .catch(() => ({ rows: [] }));
  return rows[0] === undefined ? null : Number(rows[0].pid);
};

/** Seconds from money to print number of the orders since then. */
export const readReady = async (db: Database, since: Temporal.Instant): Promise<number[]> => {
  const { rows } = await sql<{ seconds: number }>`
    select extract(epoch from j.created_at - o.paid_at)::float8 as seconds
    from certificate_order o join print_job j on j.order_id = o.id
    where o.submitted_at > ${since}`.execute(db);
  return rows.map(({ seconds }) => seconds);
};

/** Everything is as it should be afterwards: each order printed once, its money booked once, nothing left to do. */
export const checkBooks = async (db: Database, journeys: number): Promise<void> => {
  const { rows } = await sql<{ orders: string; printed: string; certificates: string; yen: string }>`
    select (select count(*) from certificate_order) as orders,
      (select count(*) from certificate_order where state = 'printed') as printed,
      (select count(*) from issued_certificate) as certificates,
      (select sum(amount_yen) from ledger_entry) as yen`.execute(db);
  const { orders, printed, certificates, yen } = rows[0] ?? {};
  assert.deepEqual([orders, printed, certificates, yen].map(Number), [journeys, journeys, journeys, 0]);
};
