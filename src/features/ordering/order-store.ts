import { sql } from 'kysely';
import { readSnapshot } from '#domain/certificate/read-snapshot.ts';
import type { CertificateSnapshot } from '#domain/certificate/snapshot.ts';
import type { DestinationKind } from '#domain/destination/destination.ts';
import { AkashiError } from '#domain/error.ts';
import type { FeeClass } from '#domain/fee/fee-class.ts';
import type { Yen } from '#domain/money.ts';
import { yen } from '#domain/money.ts';
import type { Delivery } from '#domain/order/delivery.ts';
import type { LineState } from '#domain/order/line-states.ts';
import type { OrderEvent, OrderState } from '#domain/order/states.ts';
import type { EnrolmentStatus } from '#domain/person/person.ts';
import type { Database } from '#platform/database/database.ts';
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

export type OrderLine = {
  readonly id: string;
  readonly position: number;
  readonly certificateType: string;
  readonly language: 'ja' | 'en';
  readonly enrolmentId: string;
  readonly snapshot: CertificateSnapshot;
  readonly copies: number;
  readonly sheetsPerCopy: number;
  readonly feeClass: FeeClass;
  readonly feeEach: Yen;
  /** As the register had it when the snapshot was taken; null for orders older than this column. */
  readonly enrolmentStatus: EnrolmentStatus | null;
  readonly state: LineState;
  /** Why it is held or not issued. */
  readonly reasons: readonly string[];
  /** What the student is asked to confirm, while the line is held. */
  readonly proposed: CertificateSnapshot | null;
};

export type NewOrderLine = Omit<OrderLine, 'id' | 'state' | 'proposed'> & {
  readonly state: Extract<LineState, 'ordered' | 'unprintable'>;
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

/** The order; throws `not-found`. */
export const readOrder = async (db: Database, orderId: string): Promise<Order> => {
  const row = await selectOrders(db).where('id', '=', orderId).executeTakeFirst();
  if (row === undefined) throw new AkashiError('not-found', { orderId });
  return orderOf(row);
};

/** An order of this account by its number; throws `not-found` for everybody else's as for none. */
export const readOrderByNumber = async (
  db: Database,
  { accountId, orderNumber }: { accountId: string; orderNumber: string },
): Promise<Order> => {
  const row = await selectOrders(db)
    .where('account_id', '=', accountId)
    .where('order_number', '=', orderNumber)
    .executeTakeFirst();
  if (row === undefined) throw new AkashiError('not-found');
  return orderOf(row);
};

/** The account's orders, newest first. */
export const listOrders = async (db: Database, accountId: string, limit = 50): Promise<Order[]> => {
  const rows = await selectOrders(db)
    .where('account_id', '=', accountId)
    .orderBy('submitted_at', 'desc')
    .limit(limit)
    .execute();
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

/** Inserts an order; null when this account's idempotency key already has one. */
export const insertOrder = async (tx: Database, order: NewOrder): Promise<string | null> => {
  const row = await tx
    .insertInto('certificate_order')
    .values({
      order_number: order.orderNumber,
      account_id: order.accountId,
      person_id: order.personId,
      destination: order.destination,
      state: order.state,
      language: order.language,
      issuance_fee_yen: order.issuanceFee,
      system_fee_yen: order.systemFee,
      postage_yen: order.postage,
      total_yen: order.total,
      print_charge_yen: order.printCharge,
      sheets: order.sheets,
      reference: order.reference,
      delivery: order.delivery === null ? null : JSON.stringify(order.delivery),
      idempotency_key: order.idempotencyKey,
      submitted_at: order.submittedAt,
      payment_deadline: order.paymentDeadline,
      payment_latest: order.paymentLatest,
      names_deadline: order.namesDeadline,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'idempotency_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
};

export const insertOrderLines = async (
  tx: Database,
  orderId: string,
  lines: readonly NewOrderLine[],
): Promise<void> => {
  const rows = lines.map((line) => ({
    order_id: orderId,
    position: line.position,
    certificate_type: line.certificateType,
    language: line.language,
    enrolment_id: line.enrolmentId,
    snapshot: JSON.stringify(line.snapshot),
    copies: line.copies,
    sheets_per_copy: line.sheetsPerCopy,
    fee_class: line.feeClass,
    fee_each_yen: line.feeEach,
    enrolment_status: line.enrolmentStatus,
    state: line.state,
    state_reasons: [...line.reasons],
  }));
  await tx.insertInto('order_line').values(rows).execute();
};

export const readOrderLines = async (db: Database, orderId: string): Promise<OrderLine[]> => {
  const rows = await db
    .selectFrom('order_line')
    .select(['id', 'position', 'certificate_type', 'language', 'enrolment_id', 'snapshot'])
    .select(['copies', 'sheets_per_copy', 'fee_class', 'fee_each_yen'])
    .select(['enrolment_status', 'state', 'state_reasons', 'proposed_snapshot'])
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    position: row.position,
    certificateType: row.certificate_type,
    language: row.language as OrderLine['language'],
    enrolmentId: row.enrolment_id,
    snapshot: readSnapshot(row.snapshot),
    copies: row.copies,
    sheetsPerCopy: row.sheets_per_copy,
    feeClass: row.fee_class as FeeClass,
    feeEach: yen(row.fee_each_yen),
    enrolmentStatus: row.enrolment_status as EnrolmentStatus | null,
    state: row.state as LineState,
    reasons: row.state_reasons,
    proposed: row.proposed_snapshot as CertificateSnapshot | null,
  }));
};

/** The state, with the row locked until the transaction ends; null for no such order. */
export const lockOrderState = async (tx: Database, orderId: string): Promise<OrderState | null> => {
  const row = await tx
    .selectFrom('certificate_order')
    .select('state')
    .where('id', '=', orderId)
    .forUpdate()
    .executeTakeFirst();
  return (row?.state as OrderState | undefined) ?? null;
};

export const saveOrderState = async (
  tx: Database,
  orderId: string,
  state: OrderState,
  paidAt: Temporal.Instant | null,
): Promise<void> => {
  await tx
    .updateTable('certificate_order')
    .set({ state, version: sql`version + 1`, ...(paidAt === null ? {} : { paid_at: paidAt }) })
    .where('id', '=', orderId)
    .execute();
};

export const appendOrderEvent = async (
  tx: Database,
  entry: {
    orderId: string;
    at: Temporal.Instant;
    event: OrderEvent;
    from: OrderState | null;
    to: OrderState;
    actor: string;
  },
): Promise<void> => {
  await tx
    .insertInto('order_event')
    .values({
      order_id: entry.orderId,
      at: entry.at,
      event: entry.event,
      from_state: entry.from,
      to_state: entry.to,
      actor: entry.actor,
    })
    .execute();
};

/** Those of the people who have an order, of whatever state. */
export const listPeopleWithOrders = async (db: Database, personIds: readonly string[]): Promise<string[]> => {
  const rows = await sql<{ person_id: string }>`
    select distinct person_id from certificate_order where person_id = any(${[...personIds]}::uuid[])`.execute(
    db,
  );
  return rows.rows.map((row) => row.person_id);
};

export type OrderHistoryEntry = { readonly at: Temporal.Instant; readonly to: OrderState };

/** What became of an order, oldest first. */
export const readOrderHistory = async (db: Database, orderId: string): Promise<OrderHistoryEntry[]> => {
  const query = db.selectFrom('order_event').select(['at', 'to_state']).where('order_id', '=', orderId);
  const rows = await query.orderBy('id').execute();
  return rows.map((row) => ({ at: row.at, to: row.to_state as OrderState }));
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

/** Without effect once the order waits for no money any more. */
export const updatePaymentDeadline = async (
  tx: Database,
  orderId: string,
  deadline: Temporal.Instant,
): Promise<void> => {
  await tx
    .updateTable('certificate_order')
    .set({ payment_deadline: deadline })
    .where('id', '=', orderId)
    .where('state', '=', 'awaiting_payment')
    .execute();
};

export const updatePrintDeadline = async (
  tx: Database,
  orderId: string,
  deadline: Temporal.Instant,
): Promise<void> => {
  await tx
    .updateTable('certificate_order')
    .set({ print_deadline: deadline })
    .where('id', '=', orderId)
    .execute();
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
