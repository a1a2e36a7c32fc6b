import { randomUUID } from 'node:crypto';
import type { ExpressionBuilder } from 'kysely';
import { sql } from 'kysely';
import { readCertificateRecord } from '#domain/certificate/read-snapshot.ts';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import { AkashiError } from '#domain/error.ts';
import type { Database, DatabaseTransaction, Tables } from '#platform/database/database.ts';
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

const selectCertificates = (db: Database) => db.selectFrom('issued_certificate').select(COLUMNS);
type Row = Awaited<ReturnType<ReturnType<typeof selectCertificates>['executeTakeFirstOrThrow']>>;

const fromRow = (row: Row): IssuedCertificate => ({
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
const isHaltedNow = ({ selectFrom }: ExpressionBuilder<Tables, 'issued_certificate'>) =>
  selectFrom('issuance_halt').select('halted').as('halted');
const selectForStep = prepare((db, { certificateId }: ById) =>
  selectCertificates(db)
    .select(isHaltedNow)
    .select((from) =>
      from
        .selectFrom('order_line')
        .select('rows_by_sheet')
        .whereRef('order_line.id', '=', 'issued_certificate.order_line_id')
        .where('issued_certificate.impression', '=', 1)
        .as('counted'),
    )
    .where('id', '=', certificateId),
);

/** The impression; throws `not-found`. */
export const readCertificate = async (db: Database, certificateId: string): Promise<IssuedCertificate> => {
  const row = await selectById.first(db, { certificateId });
  if (row === undefined) throw new AkashiError('not-found', { certificateId });
  return fromRow(row);
};

/** What is looked at before the next steps. */
export type ForStep = {
  readonly certificate: IssuedCertificate;
  /** How many rows its order counted on each sheet. */
  readonly counted: readonly number[] | null;
  readonly halted: boolean;
};

/**
 * The impression, how many rows its order counted on each sheet, and whether nothing may be issued now, read together
 * before the next steps; throws `not-found`. An impression that had to follow another has no count: the first may have
 * come out otherwise.
 */
export const readForStep = async (db: Database, certificateId: string): Promise<ForStep> => {
  const row = await selectForStep.first(db, { certificateId });
  if (row === undefined) throw new AkashiError('not-found', { certificateId });
  return { certificate: fromRow(row), counted: row.counted, halted: row.halted ?? false };
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

/** What a step adds to an impression. */
export type StepChange = Partial<
  Pick<IssuedCertificate, 'record' | 'logged' | 'pages' | 'checkCode' | 'intentSha256' | 'sha256'> & {
    readonly madeAt: Temporal.Instant;
  }
>;

type Advance = {
  readonly certificateId: string;
  readonly from: CertificateState;
  readonly to: CertificateState;
  readonly record: string | null;
  readonly logIndex: number | null;
  readonly logProof: string | null;
  readonly pages: number | null;
  readonly checkCode: string | null;
  readonly intentSha256: string | null;
  readonly sha256: string | null;
  readonly madeAt: Temporal.Instant | null;
};

/** What a step adds, null where it adds nothing. */
const advance = prepare((db, given: Advance) =>
  db
    .updateTable('issued_certificate')
    .set({
      state: given.to,
      record: sql`coalesce(${given.record}::jsonb, record)`,
      log_index: sql`coalesce(${given.logIndex}, log_index)`,
      log_proof: sql`coalesce(${given.logProof}, log_proof)`,
      pages: sql`coalesce(${given.pages}, pages)`,
      check_code: sql`coalesce(${given.checkCode}, check_code)`,
      intent_sha256: sql`coalesce(${given.intentSha256}, intent_sha256)`,
      sha256: sql`coalesce(${given.sha256}, sha256)`,
      made_at: sql`coalesce(${given.madeAt}, made_at)`,
    })
    .where('id', '=', given.certificateId)
    .where('state', '=', given.from)
    .where('status', '=', 'valid')
    .returning(isHaltedNow),
);

/**
 * Takes a valid impression some steps on, and says whether nothing may be issued now; null, and without effect, when
 * another run did so before, or it was withdrawn meanwhile.
 */
export const advanceCertificate = async (
  tx: Database,
  certificateId: string,
  { from, to, change }: { from: CertificateState; to: CertificateState; change: StepChange },
): Promise<{ readonly halted: boolean } | null> => {
  const { record, logged } = change;
  const row = await advance.first(tx, {
    certificateId,
    from,
    to,
    record: record === undefined ? null : JSON.stringify(record),
    logIndex: logged?.index ?? null,
    logProof: logged?.proof ?? null,
    pages: change.pages ?? null,
    checkCode: change.checkCode ?? null,
    intentSha256: change.intentSha256 ?? null,
    sha256: change.sha256 ?? null,
    madeAt: change.madeAt ?? null,
  });
  return row === undefined ? null : { halted: row.halted ?? false };
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
