import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { readCertificateRecord } from '#domain/certificate/read-snapshot.ts';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { AkashiError } from '#domain/error.ts';
import type { Database, DatabaseTransaction } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';

/** How far an impression has come (docs/issuance-cycle.md). */
export type CertificateState =
  | 'reserved'
  | 'logged'
  | 'sealed'
  | 'typeset'
  | 'intended'
  | 'signed'
  | 'stored'
  | 'made'
  | 'destroyed';

export type CertificateStatus = 'valid' | 'void' | 'superseded';

/** One impression of one paid copy, as the issuance register has it. */
export type IssuedCertificate = {
  readonly id: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly copy: number;
  readonly state: CertificateState;
  readonly status: CertificateStatus;
  readonly record: CertificateRecord;
  readonly pages: number | null;
  readonly checkCode: string | null;
  /** Salt of what its leaf commits to; settled before there is a leaf. */
  readonly salt: Uint8Array;
  /** Place in the transparency log, and the proof that the document carries; null until it stands there. */
  readonly logged: { readonly index: number; readonly proof: string } | null;
  /** SHA-256 of the bytes that the document key was about to sign. */
  readonly intentSha256: string | null;
  /** SHA-256 of the signed document. */
  readonly sha256: string | null;
};

const COLUMNS = [
  'id',
  'order_id',
  'order_line_id',
  'copy',
  'state',
  'status',
  'record',
  'pages',
  'check_code',
  'salt',
  'log_index',
  'log_proof',
  'intent_sha256',
  'sha256',
] as const;

/** The columns that `fromRow` reads. */
export const selectCertificates = (db: Database) => db.selectFrom('issued_certificate').select(COLUMNS);
type Row = Awaited<ReturnType<ReturnType<typeof selectCertificates>['executeTakeFirstOrThrow']>>;

export const fromRow = (row: Row): IssuedCertificate => ({
  id: row.id,
  orderId: row.order_id,
  orderLineId: row.order_line_id,
  copy: row.copy,
  state: row.state as CertificateState,
  status: row.status as CertificateStatus,
  record: readCertificateRecord(row.record),
  pages: row.pages,
  checkCode: row.check_code,
  salt: new Uint8Array(row.salt ?? []),
  logged:
    row.log_index === null || row.log_proof === null
      ? null
      : { index: Number(row.log_index), proof: row.log_proof },
  intentSha256: row.intent_sha256,
  sha256: row.sha256,
});

const countOn = prepare((db, { academicYear }: { readonly academicYear: number }) =>
  db
    .insertInto('certificate_counter')
    .values({ academic_year: academicYear, last: 1 })
    .onConflict((conflict) =>
      conflict.column('academic_year').doUpdateSet({ last: sql`certificate_counter.last + 1` }),
    )
    .returning('last'),
);

/** The next certificate number (第○○号) of an academic year; gapless within committed transactions. */
export const nextCertificateNumber = async (tx: Database, academicYear: number): Promise<string> => {
  const row = await countOn.first(tx, { academicYear });
  if (row === undefined) throw new AkashiError('unexpected', { check: 'number' });
  return `${academicYear}-${String(row.last).padStart(6, '0')}`;
};

type Reserved = {
  readonly orderId: string;
  readonly orderLineId: string;
  readonly copy: number;
  readonly at: Temporal.Instant;
};
type ReservedRow = Reserved & {
  readonly id: string;
  readonly serial: string;
  readonly impression: number;
  readonly record: string;
};

const insert = prepare((db, given: ReservedRow) =>
  db.insertInto('issued_certificate').values({
    id: given.id,
    order_id: given.orderId,
    order_line_id: given.orderLineId,
    copy: given.copy,
    serial: given.serial,
    impression: given.impression,
    record: given.record,
    reserved_at: given.at,
  }),
);

export const reserveCertificate = async (
  tx: Database,
  certificate: Reserved & { readonly record: CertificateRecord },
): Promise<string> => {
  const id = randomUUID();
  const { serial, impression } = certificate.record;
  const record = JSON.stringify(certificate.record);
  await insert.write(tx, { ...certificate, id, serial, impression, record });
  return id;
};

const selectByOrder = prepare((db, { orderId }: { readonly orderId: string }) =>
  selectCertificates(db)
    .where('order_id', '=', orderId)
    .orderBy('reserved_at')
    .orderBy('order_line_id')
    .orderBy('copy'),
);

/** Every impression of an order, void ones too, in the order of lines and copies. */
export const listImpressions = async (db: Database, orderId: string): Promise<IssuedCertificate[]> =>
  (await selectByOrder.all(db, { orderId })).map(fromRow);

/** Every impression of an order that is not void. */
export const listCertificates = async (db: Database, orderId: string): Promise<IssuedCertificate[]> =>
  (await listImpressions(db, orderId)).filter(({ status }) => status === 'valid');

type ById = { readonly certificateId: string };
const selectById = prepare((db, { certificateId }: ById) =>
  selectCertificates(db).where('id', '=', certificateId),
);
const lockById = prepare((db, { certificateId }: ById) =>
  selectCertificates(db).where('id', '=', certificateId).forUpdate(),
);
/** The impression; throws `not-found`. */
export const readCertificate = async (db: Database, certificateId: string): Promise<IssuedCertificate> => {
  const row = await selectById.first(db, { certificateId });
  if (row === undefined) throw new AkashiError('not-found', { certificateId });
  return fromRow(row);
};

/** The impression with its row locked until the transaction ends; throws `not-found`. */
export const lockCertificate = async (
  tx: DatabaseTransaction,
  certificateId: string,
): Promise<IssuedCertificate> => {
  const row = await lockById.first(tx, { certificateId });
  if (row === undefined) throw new AkashiError('not-found', { certificateId });
  return fromRow(row);
};

/** What a document says, while it is valid and not destroyed; null for every other. */
export const findRecord = async (db: Database, certificateId: string): Promise<CertificateRecord | null> => {
  const row = await db
    .selectFrom('issued_certificate')
    .select('record')
    .where('id', '=', certificateId)
    .where('state', '=', 'made')
    .where('status', '=', 'valid')
    .executeTakeFirst();
  return row === undefined ? null : readCertificateRecord(row.record);
};

/**
 * Every impression of a serial, locked until the transaction ends; empty for none. Whoever held a lock that was waited
 * for may have added the next impression, which only another look shows.
 */
export const lockSerial = async (tx: DatabaseTransaction, serial: string): Promise<IssuedCertificate[]> => {
  const query = selectCertificates(tx).where('serial', '=', serial).orderBy('impression').forUpdate();
  let locked = await query.execute();
  for (let seen = -1; seen < locked.length; ) {
    seen = locked.length;
    locked = await query.execute();
  }
  return locked.map(fromRow);
};
