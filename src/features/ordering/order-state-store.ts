import { sql } from 'kysely';
import type { OrderEvent, OrderState } from '#domain/order/states.ts';
import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

const lockState = prepare((db, { orderId }: { readonly orderId: string }) =>
  db.selectFrom('certificate_order').select('state').where('id', '=', orderId).forUpdate(),
);

/** The state, with the row locked until the transaction ends; null for no such order. */
export const lockOrderState = async (tx: Database, orderId: string): Promise<OrderState | null> => {
  const row = await lockState.first(tx, { orderId });
  return (row?.state as OrderState | undefined) ?? null;
};

export type OrderMove = {
  readonly orderId: string;
  readonly at: Temporal.Instant;
  readonly event: OrderEvent;
  readonly from: OrderState;
  readonly to: OrderState;
  readonly actor: string;
};

const move = (
  db: Database,
  { orderId, at, event, from, to, actor }: OrderMove,
  besides: { paid_at?: Temporal.Instant; print_deadline?: Temporal.Instant },
) =>
  db
    .with('moved', (within) =>
      within
        .updateTable('certificate_order')
        .set({ state: to, version: sql`version + 1`, ...besides })
        .where('id', '=', orderId),
    )
    .insertInto('order_event')
    .values({ order_id: orderId, at, event, from_state: from, to_state: to, actor });
const saveMove = prepare((db, given: OrderMove) => move(db, given, {}));
const savePaid = prepare((db, given: OrderMove & { readonly paidAt: Temporal.Instant }) =>
  move(db, given, { paid_at: given.paidAt }),
);
const saveReady = prepare((db, given: OrderMove & { readonly printDeadline: Temporal.Instant }) =>
  move(db, given, { print_deadline: given.printDeadline }),
);

/** The order's new state and the event that it comes from, and with it when it was paid, or until when it can be printed. */
export const saveOrderMove = (
  tx: Database,
  made: OrderMove,
  {
    paidAt,
    printDeadline,
  }: { readonly paidAt?: Temporal.Instant; readonly printDeadline?: Temporal.Instant },
): Promise<void> => {
  if (paidAt !== undefined) return savePaid.write(tx, { ...made, paidAt });
  return printDeadline === undefined
    ? saveMove.write(tx, made)
    : saveReady.write(tx, { ...made, printDeadline });
};

export type OrderHistoryEntry = { readonly at: Temporal.Instant; readonly to: OrderState };

/** What became of an order, oldest first. */
export const readOrderHistory = async (db: Database, orderId: string): Promise<OrderHistoryEntry[]> => {
  const query = db.selectFrom('order_event').select(['at', 'to_state']).where('order_id', '=', orderId);
  const rows = await query.orderBy('id').execute();
  return rows.map((row) => ({ at: row.at, to: row.to_state as OrderState }));
};

const MOST = 1000;

/** Paid orders that stand still since `before`, or with a line that does though the others are done; at most 2000. */
export const listStuckOrders = async (db: Database, before: Temporal.Instant): Promise<string[]> => {
  const orders = await db
    .selectFrom('certificate_order')
    .select('id')
    .where('state', 'in', ['paid', 'preparing'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('order_event')
            .select('order_event.id')
            .whereRef('order_event.order_id', '=', 'certificate_order.id')
            .where('order_event.at', '>', before),
        ),
      ),
    )
    .orderBy('submitted_at')
    .limit(MOST)
    .execute();
  const lines = await db
    .selectFrom('order_line')
    .select('order_id')
    .where('state', 'in', ['ordered', 'cleared'])
    .where('state_since', '<=', before)
    .orderBy('state_since')
    .limit(MOST)
    .execute();
  return [...new Set([...orders.map(({ id }) => id), ...lines.map((line) => line.order_id)])];
};
