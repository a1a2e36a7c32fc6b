import { sql } from 'kysely';
import type { DestinationKind } from '#domain/destination/destination.ts';
import { AkashiError } from '#domain/error.ts';
import type { Yen } from '#domain/money.ts';
import { yen } from '#domain/money.ts';
import type { Delivery } from '#domain/order/delivery.ts';
import type { OrderEvent, OrderState } from '#domain/order/states.ts';
import type { Database, DatabaseTransaction } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { Language } from '#platform/i18n/language.ts';

export type Order = {
  readonly id: string;
  readonly orderNumber: string;
  readonly accountId: string;
  readonly personId: string;
  readonly destination: DestinationKind;
  readonly state: OrderState;
  readonly language: Language;
  readonly issuanceFee: Yen;
  readonly systemFee: Yen;
  readonly postage: Yen;
  readonly total: Yen;
  /** What the copier will take, beside the total. */
  readonly printCharge: Yen;
  readonly sheets: number;
  readonly submittedAt: Temporal.Instant;
  readonly paymentDeadline: Temporal.Instant;
  /** The deadline is never extended beyond this; null: as far as the method of payment needs. */
  readonly paymentLatest: Temporal.Instant | null;
  readonly paidAt: Temporal.Instant | null;
  readonly printDeadline: Temporal.Instant | null;
  /** Until when the office decides about a name that cannot be printed; null where every name could be. */
  readonly namesDeadline: Temporal.Instant | null;
  /** The recipient's reference number as typed; empty for none. */
  readonly reference: string;
  /** How it reaches the recipient; null where the destination says it all. */
  readonly delivery: Delivery | null;
  /** The name on the receipt, once its owner has set it. */
  readonly receiptAddressee: string | null;
};

const ORDER_COLUMNS = [
  'id',
  'order_number',
  'account_id',
  'person_id',
  'destination',
  'state',
  'language',
  'issuance_fee_yen',
  'system_fee_yen',
  'postage_yen',
  'total_yen',
  'print_charge_yen',
  'sheets',
  'submitted_at',
  'payment_deadline',
  'payment_latest',
  'paid_at',
  'print_deadline',
  'names_deadline',
  'reference',
  'receipt_addressee',
  'delivery',
] as const;

const selectOrders = (db: Database) => db.selectFrom('certificate_order').select(ORDER_COLUMNS);
type OrderRow = Awaited<ReturnType<ReturnType<typeof selectOrders>['executeTakeFirstOrThrow']>>;

const orderOf = (row: OrderRow): Order => ({
  id: row.id,
  orderNumber: row.order_number,
  accountId: row.account_id,
  personId: row.person_id,
  destination: row.destination as DestinationKind,
  state: row.state as OrderState,
  language: row.language as Order['language'],
  issuanceFee: yen(row.issuance_fee_yen),
  systemFee: yen(row.system_fee_yen),
  postage: yen(row.postage_yen),
  total: yen(row.total_yen),
  printCharge: yen(row.print_charge_yen),
  sheets: row.sheets,
  submittedAt: row.submitted_at,
  paymentDeadline: row.payment_deadline,
  paymentLatest: row.payment_latest,
  paidAt: row.paid_at,
  printDeadline: row.print_deadline,
  namesDeadline: row.names_deadline,
  reference: row.reference,
  receiptAddressee: row.receipt_addressee,
  delivery: row.delivery as Delivery | null,
});

type ById = { readonly orderId: string };
const selectById = prepare((db, { orderId }: ById) => selectOrders(db).where('id', '=', orderId));
const lockById = prepare((db, { orderId }: ById) => selectOrders(db).where('id', '=', orderId).forUpdate());
const selectByNumber = prepare(
  (db, { accountId, orderNumber }: { readonly accountId: string; readonly orderNumber: string }) =>
    selectOrders(db).where('account_id', '=', accountId).where('order_number', '=', orderNumber),
);

/** The order; throws `not-found`. */
export const readOrder = async (db: Database, orderId: string): Promise<Order> => {
  const row = await selectById.first(db, { orderId });
  if (row === undefined) throw new AkashiError('not-found', { orderId });
  return orderOf(row);
};

/** The order, its row locked until the transaction ends; throws `not-found`. */
export const lockOrder = async (tx: DatabaseTransaction, orderId: string): Promise<Order> => {
  const row = await lockById.first(tx, { orderId });
  if (row === undefined) throw new AkashiError('not-found', { orderId });
  return orderOf(row);
};

/** An order of this account by its number; throws `not-found` for everybody else's as for none. */
export const readOrderByNumber = async (
  db: Database,
  named: { accountId: string; orderNumber: string },
): Promise<Order> => {
  const row = await selectByNumber.first(db, named);
  if (row === undefined) throw new AkashiError('not-found');
  return orderOf(row);
};

const selectNewest = prepare(
  (db, { accountId, limit }: { readonly accountId: string; readonly limit: number }) =>
    selectOrders(db).where('account_id', '=', accountId).orderBy('submitted_at', 'desc').limit(limit),
);

/** The account's orders, newest first. */
export const listOrders = async (db: Database, accountId: string, limit = 50): Promise<Order[]> => {
  const rows = await selectNewest.all(db, { accountId, limit });
  return rows.map(orderOf);
};

export const findOrderByKey = async (db: Database, accountId: string, key: string): Promise<Order | null> => {
  const row = await selectOrders(db)
    .where('account_id', '=', accountId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  return row === undefined ? null : orderOf(row);
};

export type NewOrder = Omit<Order, 'id' | 'paidAt' | 'printDeadline' | 'receiptAddressee'> & {
  readonly idempotencyKey: string;
};

const insertWithEvent = prepare(
  (
    tx,
    given: Omit<NewOrder, 'delivery'> & {
      readonly delivery: string | null;
      readonly event: OrderEvent;
      readonly actor: string;
    },
  ) =>
    tx
      .with('placed', (db) =>
        db
          .insertInto('certificate_order')
          .values({
            order_number: given.orderNumber,
            account_id: given.accountId,
            person_id: given.personId,
            destination: given.destination,
            state: given.state,
            language: given.language,
            issuance_fee_yen: given.issuanceFee,
            system_fee_yen: given.systemFee,
            postage_yen: given.postage,
            total_yen: given.total,
            print_charge_yen: given.printCharge,
            sheets: given.sheets,
            reference: given.reference,
            delivery: given.delivery,
            idempotency_key: given.idempotencyKey,
            submitted_at: given.submittedAt,
            payment_deadline: given.paymentDeadline,
            payment_latest: given.paymentLatest,
            names_deadline: given.namesDeadline,
          })
          .onConflict((conflict) => conflict.columns(['account_id', 'idempotency_key']).doNothing())
          .returning(ORDER_COLUMNS),
      )
      .with('begun', (db) =>
        db
          .insertInto('order_event')
          .columns(['order_id', 'at', 'event', 'to_state', 'actor'])
          .expression(({ selectFrom, val }) =>
            selectFrom('placed')
              .select(['placed.id', 'submitted_at', val(given.event).as('event'), 'state'])
              .select(val(given.actor).as('actor')),
          ),
      )
      .selectFrom('placed')
      .select(ORDER_COLUMNS),
);

/** Inserts an order with the event that it begins with; null when this account's idempotency key already has one. */
export const insertOrder = async (
  tx: Database,
  order: NewOrder,
  event: OrderEvent,
): Promise<Order | null> => {
  const row = await insertWithEvent.first(tx, {
    ...order,
    delivery: order.delivery === null ? null : JSON.stringify(order.delivery),
    event,
    actor: `account:${order.accountId}`,
  });
  return row === undefined ? null : orderOf(row);
};

/** Those of the people who have an order, of whatever state. */
export const listPeopleWithOrders = async (db: Database, personIds: readonly string[]): Promise<string[]> => {
  const rows = await sql<{ person_id: string }>`
    select distinct person_id from certificate_order where person_id = any(${[...personIds]}::uuid[])`.execute(
    db,
  );
  return rows.rows.map((row) => row.person_id);
};

/** Sets the name on the receipt; false where one was set before. */
export const setReceiptAddressee = async (
  tx: Database,
  orderId: string,
  addressee: string,
): Promise<boolean> => {
  const row = await tx
    .updateTable('certificate_order')
    .set({ receipt_addressee: addressee })
    .where('id', '=', orderId)
    .where('receipt_addressee', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

/** What an order costs and carries once a line has left it before anything was paid. */
export const saveRemainder = async (
  tx: Database,
  orderId: string,
  rest: Pick<
    Order,
    'issuanceFee' | 'systemFee' | 'postage' | 'total' | 'printCharge' | 'sheets' | 'delivery'
  >,
): Promise<void> => {
  await tx
    .updateTable('certificate_order')
    .set({
      issuance_fee_yen: rest.issuanceFee,
      system_fee_yen: rest.systemFee,
      postage_yen: rest.postage,
      total_yen: rest.total,
      print_charge_yen: rest.printCharge,
      sheets: rest.sheets,
      delivery: rest.delivery === null ? null : JSON.stringify(rest.delivery),
    })
    .where('id', '=', orderId)
    .execute();
};

/** Orders whose names wait for a person, the most urgent first. */
export const listOrdersAwaitingNames = async (db: Database): Promise<Order[]> => {
  const rows = await selectOrders(db)
    .where('state', '=', 'awaiting_names')
    .orderBy('names_deadline')
    .execute();
  return rows.map(orderOf);
};

/** An order by its number, whoever made it; for the office. Throws `not-found`. */
export const readOrderForOffice = async (db: Database, orderNumber: string): Promise<Order> => {
  const row = await selectOrders(db).where('order_number', '=', orderNumber).executeTakeFirst();
  if (row === undefined) throw new AkashiError('not-found', { orderNumber });
  return orderOf(row);
};
