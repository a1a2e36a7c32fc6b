import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';

const ERASED = { delivery: null, reference: '', receipt_addressee: null, erased: true };

/** What the list of one's orders and a receipt need of a snapshot; nobody's name, facts or grades. */
const REST = sql`
  jsonb_build_object('person', '{"nameJa": "", "nameRoman": null, "birthDate": ""}'::jsonb, 'academicRecord', null)
  || (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(snapshot)
    where key in ('certificateType', 'template', 'language', 'titleJa', 'titleEn', 'dateEra'))`;

/**
 * Erases what orders submitted before an instant say of people: addresses, recipients, references, and of each line whom
 * it was for and what it was to say. States and amounts stay, for the books point at them, and what a certificate that
 * was made says stays in the issuance register. An order with a line that is still held is under way, and waits. Returns how many orders.
 */
export const eraseOldOrders = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const { orders } = await db
    .with('old', (query) =>
      query
        .updateTable('certificate_order')
        .set(ERASED)
        .where('submitted_at', '<', before)
        .where('erased', '=', false)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('order_line')
                .select('order_line.id')
                .whereRef('order_line.order_id', '=', 'certificate_order.id')
                .where('order_line.state', '=', 'held'),
            ),
          ),
        )
        .returning('id'),
    )
    .with('lines', (query) =>
      query
        .updateTable('order_line')
        .from('old')
        .set({ snapshot: REST, rows_by_sheet: null })
        .whereRef('order_line.order_id', '=', 'old.id'),
    )
    .selectFrom('old')
    .select(({ fn }) => fn.countAll<bigint>().as('orders'))
    .executeTakeFirstOrThrow();
  return Number(orders);
};
