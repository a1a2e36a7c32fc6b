import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

/** Copies of fare discounts made between two instants and not void since, by the code of their purpose. */
export const countFareDiscounts = async (
  db: Database,
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<Map<string, number>> => {
  const { rows } = await sql<{ purpose: string; copies: number }>`
    select record #>> '{snapshot,statement,purposeCode}' as purpose,
      count(distinct (order_line_id, copy))::integer as copies
    from issued_certificate
    where record #>> '{snapshot,statement,kind}' = 'fare-discount'
      and made_at >= ${from} and made_at < ${until} and status <> 'void'
    group by 1`.execute(db);
  return new Map(rows.map(({ purpose, copies }) => [purpose, copies]));
};
