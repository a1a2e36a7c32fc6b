import { sql } from 'kysely';
import { readCertificateRecord } from '#domain/certificate/read-snapshot.ts';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';
import type { Database } from '#platform/database/database.ts';
import { addJob } from '#platform/jobs/jobs.ts';

/** One impression of one paid copy, as the issuance register has it. */
export type IssuedCertificate = {
  readonly id: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly copy: number;
  readonly state: 'reserved' | 'made' | 'destroyed';
  readonly record: CertificateRecord;
  readonly pages: number | null;
  readonly sha256: string | null;
};

const COLUMNS = ['id', 'order_id', 'order_line_id', 'copy', 'state', 'record', 'pages', 'sha256'] as const;

type Row = {
  id: string;
  order_id: string;
  order_line_id: string;
  copy: number;
  state: string;
  record: unknown;
  pages: number | null;
  sha256: string | null;
};

const fromRow = (row: Row): IssuedCertificate => ({
  id: row.id,
  orderId: row.order_id,
  orderLineId: row.order_line_id,
  copy: row.copy,
  state: row.state as IssuedCertificate['state'],
  record: readCertificateRecord(row.record),
  pages: row.pages,
  sha256: row.sha256,
});

/** The next certificate number (第○○号) of an academic year; gapless within committed transactions. */
export const nextCertificateNumber = async (tx: Database, academicYear: number): Promise<string> => {
  const row = await tx
    .insertInto('certificate_counter')
    .values({ academic_year: academicYear, last: 1 })
    .onConflict((conflict) =>
      conflict.column('academic_year').doUpdateSet({ last: sql`certificate_counter.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return `${academicYear}-${String(row.last).padStart(6, '0')}`;
};

export const reserveCertificate = async (
  tx: Database,
  certificate: {
    orderId: string;
    orderLineId: string;
    copy: number;
    record: CertificateRecord;
    at: Temporal.Instant;
  },
): Promise<void> => {
  await tx
    .insertInto('issued_certificate')
    .values({
      order_id: certificate.orderId,
      order_line_id: certificate.orderLineId,
      copy: certificate.copy,
      serial: certificate.record.serial,
      impression: certificate.record.impression,
      record: JSON.stringify(certificate.record),
      reserved_at: certificate.at,
    })
    .execute();
};

/** Every impression of an order that is not void, in the order of lines and copies. */
export const listCertificates = async (db: Database, orderId: string): Promise<IssuedCertificate[]> => {
  const rows = await db
    .selectFrom('issued_certificate')
    .select(COLUMNS)
    .where('order_id', '=', orderId)
    .where('status', '=', 'valid')
    .orderBy('reserved_at')
    .orderBy('order_line_id')
    .orderBy('copy')
    .execute();
  return rows.map(fromRow);
};

export type Made = { pages: number; sha256: string; checkCode: string; seals: readonly Uint8Array[] };

/** Registers a made document with its key and seals; nothing was released before this is committed. */
export const registerMade = async (
  tx: Database,
  certificateId: string,
  made: Made,
  key: Uint8Array,
  at: Temporal.Instant,
): Promise<void> => {
  const updated = await tx
    .updateTable('issued_certificate')
    .set({ state: 'made', pages: made.pages, sha256: made.sha256, check_code: made.checkCode, made_at: at })
    .where('id', '=', certificateId)
    .where('state', '=', 'reserved')
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) return;
  await tx
    .insertInto('document_key')
    .values({ issued_certificate_id: certificateId, key: Buffer.from(key) })
    .execute();
  const seals = made.seals.map((seal, index) => ({
    issued_certificate_id: certificateId,
    page: index + 1,
    seal: Buffer.from(seal),
  }));
  await tx.insertInto('certificate_seal').values(seals).execute();
  await addJob(tx, 'publish-typed-records', { certificateId });
};

export const readDocumentKey = async (db: Database, certificateId: string): Promise<Uint8Array | null> => {
  const row = await db
    .selectFrom('document_key')
    .select('key')
    .where('issued_certificate_id', '=', certificateId)
    .executeTakeFirst();
  return row?.key ?? null;
};

/** Forgets the key and marks the document destroyed; the register row stays for ever. */
export const forgetDocument = async (tx: Database, certificateId: string): Promise<void> => {
  await tx.deleteFrom('document_key').where('issued_certificate_id', '=', certificateId).execute();
  await tx
    .updateTable('issued_certificate')
    .set({ state: 'destroyed' })
    .where('id', '=', certificateId)
    .where('state', '=', 'made')
    .execute();
};

export type Withdrawn = {
  readonly serial: string;
  readonly impression: number;
  readonly status: 'void' | 'superseded';
  readonly reason: string;
  readonly since: Temporal.Instant;
};

/** The whole status list: everything that is not valid any more. */
export const listWithdrawn = async (db: Database): Promise<Withdrawn[]> => {
  const rows = await db
    .selectFrom('issued_certificate')
    .select(['serial', 'impression', 'status', 'status_reason', 'status_since'])
    .where('status', '!=', 'valid')
    .orderBy('status_since')
    .execute();
  return rows.flatMap((row) =>
    row.status_since === null
      ? []
      : [
          {
            serial: row.serial,
            impression: row.impression,
            status: row.status as Withdrawn['status'],
            reason: row.status_reason ?? '',
            since: row.status_since,
          },
        ],
  );
};

export type IssuedSeal = {
  readonly serial: string;
  readonly impression: number;
  readonly page: number;
  readonly seal: Uint8Array;
};

/** The seals of every page of one impression. */
export const listSeals = (db: Database, certificateId: string): Promise<IssuedSeal[]> =>
  db
    .selectFrom('certificate_seal')
    .innerJoin('issued_certificate', 'issued_certificate.id', 'certificate_seal.issued_certificate_id')
    .select(['serial', 'impression', 'page', 'seal'])
    .where('issued_certificate_id', '=', certificateId)
    .orderBy('page')
    .execute();
