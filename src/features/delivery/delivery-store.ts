import type { DeliveryState } from '#domain/delivery/states.ts';
import { AkashiError } from '#domain/error.ts';
import type { Recipient } from '#domain/order/delivery.ts';
import type { Database } from '#platform/database/database.ts';

export type SentDelivery = Omit<Recipient, 'contents' | 'asksCode'> & {
  readonly id: string;
  readonly orderId: string;
  readonly position: number;
  readonly asksCode: boolean;
  readonly state: DeliveryState;
  /** How many links were mailed. */
  readonly sendings: number;
  readonly sentAt: Temporal.Instant;
  readonly openedAt: Temporal.Instant | null;
  readonly downloadedAt: Temporal.Instant | null;
  readonly recalledAt: Temporal.Instant | null;
  readonly extendedAt: Temporal.Instant | null;
  readonly linkUntil: Temporal.Instant;
  readonly bouncedAt: Temporal.Instant | null;
  readonly bounceStatus: string | null;
};

const COLUMNS = [
  'id',
  'order_id',
  'position',
  'organisation',
  'department',
  'person',
  'mail',
  'reference',
  'language',
  'asks_code',
  'state',
  'sendings',
  'sent_at',
  'opened_at',
  'downloaded_at',
  'recalled_at',
  'extended_at',
  'link_until',
  'bounced_at',
  'bounce_status',
] as const;

const select = (db: Database) => db.selectFrom('delivery').select(COLUMNS);
type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

const fromRow = (row: Row): SentDelivery => ({
  id: row.id,
  orderId: row.order_id,
  position: row.position,
  organisation: row.organisation,
  department: row.department,
  person: row.person,
  mail: row.mail,
  reference: row.reference,
  language: row.language as SentDelivery['language'],
  asksCode: row.asks_code,
  state: row.state as DeliveryState,
  sendings: row.sendings,
  sentAt: row.sent_at,
  openedAt: row.opened_at,
  downloadedAt: row.downloaded_at,
  recalledAt: row.recalled_at,
  extendedAt: row.extended_at,
  linkUntil: row.link_until,
  bouncedAt: row.bounced_at,
  bounceStatus: row.bounce_status,
});

export const listDeliveries = async (db: Database, orderId: string): Promise<SentDelivery[]> =>
  (await select(db).where('order_id', '=', orderId).orderBy('position').execute()).map(fromRow);

/** All sendings of an order, locked in one order of rows: what one recipient does decides with the others' state. */
export const lockDeliveries = async (tx: Database, orderId: string): Promise<SentDelivery[]> => {
  const query = select(tx).where('order_id', '=', orderId).orderBy('position').forUpdate();
  return (await query.execute()).map(fromRow);
};

/** One sending with its row and its order's other sendings locked; throws `not-found`. */
export const lockDelivery = async (tx: Database, deliveryId: string): Promise<SentDelivery> => {
  const row = await select(tx).where('id', '=', deliveryId).executeTakeFirst();
  const locked = row === undefined ? [] : await lockDeliveries(tx, row.order_id);
  const found = locked.find(({ id }) => id === deliveryId);
  if (found === undefined) throw new AkashiError('not-found', { deliveryId });
  return found;
};

export const findDelivery = async (db: Database, deliveryId: string): Promise<SentDelivery | null> => {
  const row = await select(db).where('id', '=', deliveryId).executeTakeFirst();
  return row === undefined ? null : fromRow(row);
};

export type NewDelivery = Pick<
  SentDelivery,
  'id' | 'orderId' | 'position' | 'asksCode' | 'sentAt' | 'linkUntil'
> &
  Recipient;

export const insertDelivery = async (
  tx: Database,
  delivery: NewDelivery,
  documentIds: readonly string[],
): Promise<void> => {
  await tx
    .insertInto('delivery')
    .values({
      id: delivery.id,
      order_id: delivery.orderId,
      position: delivery.position,
      organisation: delivery.organisation,
      department: delivery.department,
      person: delivery.person,
      mail: delivery.mail,
      reference: delivery.reference,
      language: delivery.language,
      asks_code: delivery.asksCode,
      sent_at: delivery.sentAt,
      link_until: delivery.linkUntil,
    })
    .execute();
  const rows = documentIds.map((documentId, index) => ({
    delivery_id: delivery.id,
    position: index + 1,
    document_id: documentId,
  }));
  await tx.insertInto('delivery_document').values(rows).execute();
};

export type DeliveryChange = Partial<
  Pick<
    SentDelivery,
    | 'state'
    | 'sendings'
    | 'sentAt'
    | 'openedAt'
    | 'downloadedAt'
    | 'recalledAt'
    | 'extendedAt'
    | 'linkUntil'
    | 'mail'
    | 'asksCode'
    | 'bouncedAt'
    | 'bounceStatus'
  >
>;

export const updateDelivery = async (
  tx: Database,
  deliveryId: string,
  change: DeliveryChange,
): Promise<void> => {
  const columns = {
    state: change.state,
    sendings: change.sendings,
    sent_at: change.sentAt,
    opened_at: change.openedAt,
    downloaded_at: change.downloadedAt,
    recalled_at: change.recalledAt,
    extended_at: change.extendedAt,
    link_until: change.linkUntil,
    mail: change.mail,
    asks_code: change.asksCode,
    bounced_at: change.bouncedAt,
    bounce_status: change.bounceStatus,
  };
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  await tx.updateTable('delivery').set(given).where('id', '=', deliveryId).execute();
};

export type DeliveryDocument = {
  readonly documentId: string;
  readonly position: number;
  readonly downloadedAt: Temporal.Instant | null;
};

export const listDeliveryDocuments = async (
  db: Database,
  deliveryId: string,
): Promise<DeliveryDocument[]> => {
  const query = db.selectFrom('delivery_document').select(['document_id', 'position', 'downloaded_at']);
  const rows = await query.where('delivery_id', '=', deliveryId).orderBy('position').execute();
  return rows.map((row) => ({
    documentId: row.document_id,
    position: row.position,
    downloadedAt: row.downloaded_at,
  }));
};

/** Keeps the time of the first download of each. */
export const markDownloaded = async (
  tx: Database,
  deliveryId: string,
  positions: readonly number[],
  at: Temporal.Instant,
): Promise<void> => {
  await tx
    .updateTable('delivery_document')
    .set({ downloaded_at: at })
    .where('delivery_id', '=', deliveryId)
    .where('position', 'in', positions)
    .where('downloaded_at', 'is', null)
    .execute();
};

const NOBODY = { organisation: '', department: '', person: '', mail: '', reference: '' };

/** Erases whom documents were sent to before an instant; what became of them stays. Returns how many. */
export const eraseOldRecipients = async (db: Database, before: Temporal.Instant): Promise<number> => {
  const query = db.updateTable('delivery').set(NOBODY).where('sent_at', '<', before).where('mail', '<>', '');
  return Number((await query.executeTakeFirst()).numUpdatedRows);
};
