import { sql } from 'kysely';
import { academicYear, startOfTokyoDay, tokyoDate } from '#domain/dates.ts';
import type { Database } from '#platform/database/database.ts';

export type OrderedCopies = { readonly today: number; readonly thisAcademicYear: number };

/** Copies that a person has ordered and not given back, by certificate type; Tokyo's day and academic year of `now`. */
export const countOrderedCopies = async (
  db: Database,
  personId: string,
  now: Temporal.Instant,
): Promise<Map<string, OrderedCopies>> => {
  const today = tokyoDate(now);
  const yearBegins = startOfTokyoDay(
    Temporal.PlainDate.from({ year: academicYear(today), month: 4, day: 1 }),
  );
  const rows = await sql<{ certificate_type: string; today: number; year: number }>`
    select l.certificate_type, sum(l.copies)::integer as year,
      coalesce(sum(l.copies) filter (where o.submitted_at >= ${startOfTokyoDay(today)}), 0)::integer as today
    from certificate_order o join order_line l on l.order_id = o.id
    where o.person_id = ${personId} and o.submitted_at >= ${yearBegins} and l.state <> 'not_issued'
      and o.state not in ('expired', 'cancelled', 'refund_ready', 'refund_submitted', 'refunded')
    group by l.certificate_type`.execute(db);
  return new Map(
    rows.rows.map((row) => [row.certificate_type, { today: row.today, thisAcademicYear: row.year }]),
  );
};

/** Until the transaction ends no other order of the person is counted and placed. */
export const lockOrderedCopies = async (tx: Database, personId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`orders of ${personId}`}, 0))`.execute(tx);
};
